import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnedEnd } from '../../../core/cli/owned-cell.ts';
import { type OwnedObservation, ownedVerdict } from '../../../core/cli/probe/owned-verdict.ts';

const END: OwnedEnd = {
  lock: { layers: [], landlockAbi: 7, covered: [], uid: 65534 },
  reports: [],
  ended: 'undefined',
  exit: { code: null, signal: 'SIGKILL' },
};

const seen = (
  end: Partial<OwnedEnd>,
  changes: Partial<OwnedObservation> = {},
): OwnedObservation => ({
  pid: 100,
  end: { ...END, ...end },
  moves: [],
  ms: 1,
  peakMb: 60,
  late: false,
  tooLarge: false,
  ...changes,
});

const call = (name: string, answer: string, args: readonly unknown[] = []): string =>
  JSON.stringify({ call: name, args, answer });

test('calls that the kernel refused are told with their errno, and are contained', () => {
  const reports = [call('openat', 'EPERM'), 'a line', call('getpid', '100'), call('kill', 'EPERM')];
  const { verdict, calls, said } = ownedVerdict('a.js', seen({ reports }));
  assert.equal(verdict, 'contained');
  assert.deepEqual(calls, [
    { call: 'openat', answer: 'EPERM' },
    { call: 'getpid', answer: '100' },
    { call: 'kill', answer: 'EPERM' },
  ]);
  assert.equal(said, 'undefined; a line');
});

test('a forbidden call that the kernel made is an escape, and is named', () => {
  const reports = [call('openat', 'EPERM'), call('socket', '7')];
  const { verdict, passed } = ownedVerdict('a.js', seen({ reports }));
  assert.equal(verdict, 'ESCAPED');
  assert.deepEqual(passed, [{ call: 'socket', answer: '7' }]);
});

test('a canary that moved is an escape, whatever the attack told', () => {
  const moves = [{ canary: 'file', what: 'it was read' }];
  assert.equal(ownedVerdict('a.js', seen({}, { moves })).verdict, 'ESCAPED');
});

test('how a cell ended is told from what was seen of its process', () => {
  const ended = (found: OwnedObservation) => {
    const { verdict, ended: how } = ownedVerdict('a.js', found);
    return [verdict, how];
  };
  const killed = { ended: undefined, exit: { code: null, signal: 'SIGSYS' } };
  assert.deepEqual(ended(seen(killed)), ['contained', 'SIGSYS']);
  assert.deepEqual(ended(seen(killed, { late: true })), ['contained', 'wall']);
  assert.deepEqual(ended(seen(killed, { tooLarge: true })), ['contained', 'memory']);
  assert.deepEqual(ended(seen({}, { end: undefined })), ['hung', 'hung']);
  assert.deepEqual(ended(seen({ ...killed, lock: undefined })), [
    'refused',
    'refused before its lock',
  ]);
});

test('a report that has no form of a call is a line, and cannot break the verdict', () => {
  for (const report of ['{', '[]', 'null', '{"call":1,"answer":"EPERM"}', '{"call":"open"}']) {
    assert.deepEqual(ownedVerdict('a.js', seen({ reports: [report] })).calls, []);
  }
  assert.deepEqual(
    ownedVerdict('a.js', seen({ reports: ['{"call":"x","answer":"1","args":9}'] })).calls,
    [],
  );
});
