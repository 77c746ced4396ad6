import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chainEvent } from '../../../core/broker/audit/chain-event.ts';
import { completeLine } from '../../../core/broker/audit/complete-line.ts';
import { KEY } from './temp-log.ts';

const PREVIOUS = 'a'.repeat(64);
const TIME = '2026-08-01T10:00:00.000001+00:00';
const { line, hash } = chainEvent(KEY, PREVIOUS, TIME, {
  event: 'note',
  data: { text: '},"prev_hash":"' },
});
const dataEnd = line.lastIndexOf(',"prev_hash":"');

test('completeLine proves a counted entry from its data alone, at every cut', () => {
  for (let cut = dataEnd + 14; cut <= line.length; cut += 1) {
    const completed = completeLine(KEY, line.slice(0, cut), PREVIOUS, hash);
    assert.deepEqual(completed, { line, hash, timestamp: TIME }, `cut at ${cut}`);
  }
  for (let cut = 1; cut < dataEnd; cut += 1) {
    assert.equal(completeLine(KEY, line.slice(0, cut), PREVIOUS, hash), undefined);
  }
});

test('completeLine proves an entry that no checkpoint counts only where its own hash is there', () => {
  const other = 'b'.repeat(64);
  const hashEnd = line.indexOf(hash) + hash.length + 1;
  assert.equal(completeLine(KEY, line.slice(0, hashEnd - 1), PREVIOUS, other), undefined);
  assert.equal(completeLine(KEY, line.slice(0, hashEnd), PREVIOUS, other)?.line, line);
});

test('completeLine refuses changed data, another history and bytes that do not belong', () => {
  const torn = line.slice(0, -7);
  assert.equal(completeLine(KEY, torn.replace('note', 'nope'), PREVIOUS, hash), undefined);
  assert.equal(completeLine(KEY, torn, 'c'.repeat(64), hash), undefined);
  assert.equal(completeLine(KEY, `${torn}x`, PREVIOUS, hash), undefined);
  assert.equal(completeLine(Buffer.alloc(32, 1), torn, PREVIOUS, hash), undefined);
});
