import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../../../core/cli/doctor/row.ts';
import { verdictJson, verdictOf } from '../../../core/cli/doctor/verdict.ts';
import { verdictText } from '../../../core/cli/doctor/verdict-text.ts';

const rowOf = (parts: Partial<Row> = {}): Row => ({
  process: 'cell',
  profile: 'standard',
  tried: 'fork',
  answered: 'EPERM',
  enforcedBy: 'seccomp: clone',
  mandatory: true,
  ok: true,
  ...parts,
});
const HOLE = rowOf({ profile: 'strict', answered: 'done', enforcedBy: null, ok: false });

test('a verdict holds when every mandatory row does', () => {
  const told = rowOf({ mandatory: false, ok: false });
  assert.equal(verdictOf({}, [rowOf(), told]).ok, true);
  assert.equal(verdictOf({}, [rowOf(), HOLE]).ok, false);
});

test('a verdict on nothing does not hold', () => {
  assert.equal(verdictOf({}, []).ok, false);
});

test('a verdict names what is missing, what it answered and what to do', () => {
  const { missing } = verdictOf({}, [rowOf(), { ...HOLE, remedy: 'boot another kernel' }]);
  assert.deepEqual(missing, [
    { row: 'cell strict: fork', answered: 'done', remedy: 'boot another kernel' },
  ]);
});

test('the json of a verdict has the documented keys and no other', () => {
  const json = verdictJson(verdictOf({ kernel: '6.18' }, [rowOf()]));
  assert.deepEqual(json, {
    ok: true,
    facts: { kernel: '6.18' },
    rows: [
      {
        process: 'cell',
        profile: 'standard',
        tried: 'fork',
        answered: 'EPERM',
        enforced_by: 'seccomp: clone',
        mandatory: true,
        ok: true,
      },
    ],
    missing: [],
  });
});

test('the table shows once what every profile answered alike, and each hole by its profile', () => {
  const rows = [rowOf(), rowOf({ profile: 'strict' }), rowOf({ profile: 'vetting' })];
  const alike = verdictText(verdictOf({ kernel: '6.18' }, rows));
  assert.equal(alike.match(/fork/g)?.length, 1);
  assert.match(alike, /^ok +cell +each +fork +EPERM +seccomp: clone$/m);
  assert.match(alike, /^the wall stands: 3 mandatory rows/m);

  const holed = verdictText(verdictOf({ kernel: '6.18' }, [rowOf(), HOLE]));
  assert.match(holed, /^NO +cell +strict +fork +done +-$/m);
  assert.match(holed, /^THE WALL HAS HOLES: 1 of 2 mandatory rows/m);
  assert.match(holed, /^ {2}cell strict: fork: done$/m);
});

test('the table obeys no terminal escape that a process wrote', () => {
  const text = verdictText(verdictOf({}, [rowOf({ answered: 'a\u001b[2Jb', ok: false })]));
  assert.ok(!text.includes('\u001b'));
});
