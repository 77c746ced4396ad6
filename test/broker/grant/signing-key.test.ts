import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { parseSigningKey } from '../../../core/broker/grant/signing-key.ts';

const HEX = createHash('sha256').update('key').digest('hex');
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

test('parseSigningKey trims white space around printable text, and only there', () => {
  assert.deepEqual(Buffer.from(parseSigningKey(bytes(` \t${HEX}\r\n`))), bytes(HEX));
  const raw = Buffer.concat([
    bytes('\n'),
    createHash('sha256').update('raw').digest(),
    bytes('\n'),
  ]);
  assert.deepEqual(Buffer.from(parseSigningKey(raw)), raw);
});

test('parseSigningKey takes hex text as text and all of it', () => {
  const long = HEX.repeat(4);
  assert.equal(parseSigningKey(bytes(HEX)).length, 64);
  assert.deepEqual(Buffer.from(parseSigningKey(bytes(long))), bytes(long));
});

test('parseSigningKey refuses a key that is too short, too long, or shorter once trimmed', () => {
  const short = { code: 'configuration', message: /32 to 4096 bytes, got 31$/ };
  assert.throws(() => parseSigningKey(bytes(HEX.slice(0, 31))), short);
  assert.throws(() => parseSigningKey(bytes(`${HEX.slice(0, 31)}\n\n`)), short);
  assert.throws(() => parseSigningKey(bytes(' '.repeat(64))), { message: /got 0$/ });
  assert.throws(() => parseSigningKey(new Uint8Array()), { message: /got 0$/ });
  assert.throws(() => parseSigningKey(bytes(HEX.repeat(65))), { message: /got 4160$/ });
});

test('parseSigningKey refuses a key that repeats one byte', () => {
  assert.throws(() => parseSigningKey(new Uint8Array(32)), { message: /repeats one byte/ });
});

test('parseSigningKey says nothing of the key in its refusals', () => {
  assert.throws(
    () => parseSigningKey(bytes('hunter2hunter2')),
    (error: Error) => !JSON.stringify({ ...error, text: error.message }).includes('hunter'),
  );
});
