import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { secretsIn } from '../../../core/cli/probe/secret.ts';

const secret = { canary: 'file', text: '0123456789abcdef0123456789abcdef' };
const bytes = Buffer.from(secret.text);

const FORMS: Readonly<Record<string, string>> = {
  'as it is': secret.text,
  'in capitals': secret.text.toUpperCase(),
  backwards: [...secret.text].reverse().join(''),
  'split by blanks': [...secret.text].join(' '),
  'split by signs': secret.text.replace(/.{4}/g, '$&-'),
  'split over lines': JSON.stringify(secret.text.match(/.{8}/g)),
  'in hex': bytes.toString('hex'),
  'in base64': bytes.toString('base64'),
  'in base64 within more': Buffer.from(`x${secret.text}yz`).toString('base64'),
  'in base64 within much more': Buffer.from(`{"a":"${secret.text}"}`).toString('base64'),
  'in base64 of URLs': bytes.toString('base64url'),
  'as numbers': JSON.stringify([...bytes]),
  'as a typed array': JSON.stringify(new Uint8Array(bytes)),
};

for (const [how, text] of Object.entries(FORMS)) {
  test(`a secret is found ${how}`, () => {
    assert.deepEqual(secretsIn(`before ${text} after`, [secret]), ['file']);
  });
}

test('what holds no secret holds none', () => {
  const noise = randomBytes(100_000);
  for (const text of ['', noise.toString('base64'), noise.toString('hex'), secret.text.slice(1)]) {
    assert.deepEqual(secretsIn(text, [secret]), []);
  }
});
