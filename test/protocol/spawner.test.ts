import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  encodeSpawnerAnswer,
  encodeSpawnerRequest,
  MAX_ANSWER_LINE,
  MAX_REQUEST_LINE,
  MAX_SAID,
  parseSpawnerAnswer,
  parseSpawnerRequest,
  type SpawnerAnswer,
} from '../../core/protocol/spawner.ts';
import { PROFILE_NAMES } from '../../core/vocabulary/enums.ts';

const ANSWERS: readonly SpawnerAnswer[] = [
  { type: 'ready', layers: ['no_new_privs', 'seccomp'], landlockAbi: 7 },
  { type: 'started', number: 1, pid: 4711 },
  { type: 'refused', number: 2, reason: 'EAGAIN' },
  { type: 'ended', pid: 4711, code: null, signal: 'SIGKILL', said: '' },
  { type: 'ended', pid: 4711, code: 1, signal: null, said: '"'.repeat(MAX_SAID) },
];

test('every request and answer reads back as itself and fits its line', () => {
  for (const profile of PROFILE_NAMES) {
    const line = encodeSpawnerRequest({ profile });
    assert.deepEqual(parseSpawnerRequest(line), { profile });
    assert.ok(line.length <= MAX_REQUEST_LINE);
  }
  for (const answer of ANSWERS) {
    const line = encodeSpawnerAnswer(answer);
    assert.deepEqual(parseSpawnerAnswer(line), answer);
    assert.ok(Buffer.byteLength(line) <= MAX_ANSWER_LINE, answer.type);
  }
});

test('a request that is not exactly one known profile is refused', () => {
  for (const line of [
    '',
    'null',
    '[]',
    '"standard"',
    '{}',
    '{"profile":"root"}',
    '{"profile":["standard"]}',
    '{"profile":"standard","main":"/bin/sh"}',
    '{"profile":"standard","env":{}}',
    '{"__proto__":{"profile":"standard"}}',
    '{"profile":"standard"} {"profile":"standard"}',
  ]) {
    assert.throws(() => parseSpawnerRequest(line), { code: 'violation' }, line);
  }
});

test('an answer with a missing, wrong or additional field is refused', () => {
  for (const line of [
    '{"type":"hello"}',
    '{"type":"ready","layers":["landlock","landlock"],"landlock_abi":7}',
    '{"type":"ready","layers":["steel"],"landlock_abi":7}',
    '{"type":"started","number":1}',
    '{"type":"started","number":1,"pid":-1}',
    '{"type":"started","number":1,"pid":1,"fd":3}',
    `{"type":"refused","number":1,"reason":"${'x'.repeat(MAX_SAID + 1)}"}`,
    '{"type":"ended","pid":1,"code":0,"signal":null}',
    '{"type":"ended","pid":1,"code":"0","signal":null,"said":""}',
  ]) {
    assert.throws(() => parseSpawnerAnswer(line), { code: 'violation' }, line);
  }
});
