import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { deriveKey } from '../../../core/broker/grant/derive-key.ts';

const ROOT = Buffer.from('00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 'hex');

test('deriveKey makes another key for each purpose and each root', () => {
  const keys = (['grant', 'step', 'seal', 'events', 'catalog'] as const).map((purpose) =>
    Buffer.from(deriveKey(ROOT, purpose)).toString('hex'),
  );
  assert.equal(new Set([...keys, ROOT.toString('hex')]).size, 6);
  assert.notDeepEqual(deriveKey(ROOT.subarray(1), 'grant'), deriveKey(ROOT, 'grant'));
  assert.deepEqual(deriveKey(ROOT, 'grant'), deriveKey(ROOT, 'grant'));
});

test('deriveKey is HKDF-SHA256 of RFC 5869, computed here from two HMACs', () => {
  const extracted = createHmac('sha256', Buffer.alloc(32)).update(ROOT).digest();
  const expected = createHmac('sha256', extracted).update('secai/key/seal/v1\u0001').digest();
  assert.deepEqual(Buffer.from(deriveKey(ROOT, 'seal')), expected);
});
