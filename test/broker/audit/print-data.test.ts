import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_DATA_CHARS, printData } from '../../../core/broker/audit/print-data.ts';
import { sha256 } from '../../../core/vocabulary/digest.ts';

test('printData keeps data that fit', () => {
  assert.equal(printData({ b: [1], a: 'x' }), '{"a":"x","b":[1]}');
});

test('printData replaces a large member by its size and digest and keeps the small ones', () => {
  const error = 'x'.repeat(2_000_000);
  const text = JSON.stringify(error);
  assert.deepEqual(JSON.parse(printData({ task_id: 'abc', error })), {
    task_id: 'abc',
    error: { cut: { chars: text.length, sha256: sha256(text) } },
  });
});

test('printData stays within its limit whatever the number and length of members', () => {
  for (const count of [32, 33, 1000]) {
    const data = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `${i}${'\u{1f600}'.repeat(60)}`,
        '\u0001'.repeat(5000),
      ]),
    );
    assert.ok(printData(data).length <= MAX_DATA_CHARS, `${count} members`);
  }
});
