import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAuditKey } from '../../../core/broker/audit/audit-key.ts';

const TEXT = 'f'.repeat(64);

test('parseAuditKey trims a printable key and uses hex text as text', () => {
  assert.deepEqual(parseAuditKey(Buffer.from(` ${TEXT}\r\n`)), Uint8Array.from(Buffer.from(TEXT)));
});

test('parseAuditKey takes the bytes of a binary key as they are, white space included', () => {
  const bytes = Buffer.concat([Buffer.alloc(33, 0xff), Buffer.from('\n')]);
  assert.deepEqual(parseAuditKey(bytes), Uint8Array.from(bytes));
});

test('parseAuditKey refuses a key under 32 bytes, also by trimming, and over 4096', () => {
  const refused = ['', ' '.repeat(40), 'x'.repeat(31), `${'x'.repeat(31)}\n`, 'x'.repeat(4097)];
  for (const text of refused) {
    assert.throws(() => parseAuditKey(Buffer.from(text)), { code: 'configuration' });
  }
});
