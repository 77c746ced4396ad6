import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { SERVE } from '../harness/agent.ts';
import { type CommandEnd, runCommand, secaiAgent } from '../harness/cli.ts';

interface Shown {
  readonly ok: boolean;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly rows: readonly {
    readonly process: string;
    readonly profile: string | null;
    readonly tried: string;
    readonly answered: string;
    readonly enforced_by: string | null;
    readonly mandatory: boolean;
    readonly ok: boolean;
  }[];
  readonly missing: readonly unknown[];
}

const PROFILES = ['standard', 'strict', 'vetting'];
/** What the report must have tried, of each process. */
const TRIED: Readonly<Record<string, readonly string[]>> = {
  broker: ['open a file', 'open an inet6 socket', 'open a netlink socket', 'run a program'],
  spawner: [
    'run another program than node',
    'ask for something else than a cell',
    'signal the broker',
  ],
  cell: [
    ...['open a file', 'list a folder', 'stat a file', 'chmod a file', 'inherit a descriptor'],
    ...['connect over tcp', 'connect to a unix socket', 'run a program', 'fork'],
    ...['trace the broker', 'signal the broker', 'read its own /proc'],
    ...['map writable executable memory', 'make an io_uring', 'run as root', 'keep a group'],
    ...['fill memory with resizable buffers', 'never return from a getter of an error'],
  ],
};

const assertStands = ({ code, out, err }: CommandEnd): Shown => {
  const shown: Shown = JSON.parse(out);
  assert.deepEqual(shown.missing, [], err);
  assert.equal(code, 0, err);
  assert.equal(shown.ok, true);
  for (const row of shown.rows.filter(({ mandatory }) => mandatory)) {
    assert.ok(row.ok && row.enforced_by, JSON.stringify(row));
  }
  for (const [process, acts] of Object.entries(TRIED)) {
    for (const profile of process === 'cell' ? PROFILES : [null]) {
      const own = shown.rows.filter((row) => row.process === process && row.profile === profile);
      const tried = new Set(own.map((row) => row.tried));
      for (const act of acts) assert.ok(tried.has(act), `${process} ${profile}: ${act}`);
    }
  }
  if (process.arch === 'x64') {
    const x32 = shown.rows.filter(({ tried }) => tried === 'make an x32 call');
    assert.deepEqual(
      x32.map(({ answered }) => answered),
      ['SIGSYS', 'SIGSYS', 'SIGSYS'],
    );
  }
  return shown;
};

const NOBODY_IN_PARTICULAR = 12_345;
const isRoot = process.getuid?.() === 0;

test('wall.doctor: every mandatory row is enforced, and names who enforces it', async (t) => {
  const { facts } = assertStands(await secaiAgent(['doctor', '--json']));
  for (const [name, value] of Object.entries(facts)) t.diagnostic(`${name}: ${value}`);
  assert.notEqual(facts['cell_uid'], '0');
  if (!isRoot) return;
  assert.match(String(facts['cell_uid']), /^65534\b/);
  assert.equal(facts['cell_groups'], 'none');
  assert.equal(facts['cell_capabilities'], 'effective 0000000000000000, bounding 0000000000000000');
});

test('wall.doctor: the same for an ordinary user', {
  skip: !isRoot && 'the test above ran as one',
}, async (t) => {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));
  if (setpriv === undefined) return t.skip('no setpriv to become one with');
  const id = `${NOBODY_IN_PARTICULAR}`;
  const words = ['--reuid', id, '--regid', id, '--clear-groups', process.execPath];
  const { facts } = assertStands(await runCommand(setpriv, [...words, SERVE, 'doctor', '--json']));
  assert.equal(facts['started_by'], `uid ${id}`);
  assert.match(String(facts['cell_uid']), new RegExp(`^${id}\\b`));
});
