import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCheckpoint, renderCheckpoint } from '../../../core/broker/audit/checkpoint.ts';
import { KEY } from './temp-log.ts';

const POSITION = { entry: 7, hash: 'a'.repeat(64) };

test('parseCheckpoint reads what renderCheckpoint wrote', () => {
  const text = renderCheckpoint(KEY, POSITION);
  assert.deepEqual(Object.keys(JSON.parse(text)), ['entries', 'last_hash', 'hmac']);
  assert.deepEqual(parseCheckpoint(KEY, text), POSITION);
});

test('parseCheckpoint refuses another key, another count, another hash and other shapes', () => {
  const text = renderCheckpoint(KEY, POSITION);
  assert.equal(parseCheckpoint(Buffer.alloc(32, 1), text), undefined);
  const refused = [
    text.replace('7', '6'),
    text.replace('aaa', 'aab'),
    text.slice(0, -1),
    '',
    'null',
    '[]',
    '{}',
    '{"entries":"7","last_hash":"a","hmac":"b"}',
  ];
  for (const bad of refused) assert.equal(parseCheckpoint(KEY, bad), undefined, bad);
});
