import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeLineReader } from '../../core/protocol/lines.ts';

test('a line reader puts lines together however the stream is cut', () => {
  const bytes = Buffer.from('one\ntwo é\n\nthree');
  for (let size = 1; size <= bytes.length; size += 1) {
    const read = makeLineReader(16);
    const lines: string[] = [];
    for (let at = 0; at < bytes.length; at += size)
      lines.push(...read(bytes.subarray(at, at + size)));
    assert.deepEqual(lines, ['one', 'two é', ''], `cut every ${size}`);
  }
});

test('a line reader refuses a line over the cap, finished or not', () => {
  const whole = makeLineReader(4);
  assert.deepEqual(whole(Buffer.from('four\n')), ['four']);
  assert.throws(() => whole(Buffer.from('fiver\n')), { code: 'violation' });
  const open = makeLineReader(4);
  open(Buffer.from('four'));
  assert.throws(() => open(Buffer.from('s')), { code: 'violation' });
});
