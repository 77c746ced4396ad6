import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import test from 'node:test';
import type { Hash } from '../../plugins/hash/hash.ts';
import { makeSha256 } from '../../plugins/hash/sha256.ts';
import { makeSha512 } from '../../plugins/hash/sha512.ts';

const KINDS: readonly (readonly [string, () => Hash])[] = [
  ['sha256', makeSha256],
  ['sha512', makeSha512],
];

// FIPS 180-4 examples (NIST): one block, two blocks.
const VECTORS: readonly (readonly [string, string, string])[] = [
  ['sha256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'sha256',
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  [
    'sha512',
    'abc',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a' +
      '2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  ],
];

for (const [name, text, digest] of VECTORS) {
  test(`${name} of the published text of ${text.length} bytes is the published digest`, () => {
    const hash = KINDS.find(([kind]) => kind === name)?.[1]();
    assert.ok(hash);
    hash.add(Buffer.from(text));
    assert.equal(hash.hex(), digest);
  });
}

for (const [name, make] of KINDS) {
  test(`${name} agrees with OpenSSL at every length around its blocks`, () => {
    const bytes = randomBytes(300);
    for (let length = 0; length <= bytes.length; length += 1) {
      const hash = make();
      hash.add(bytes.subarray(0, length));
      const expected = createHash(name).update(bytes.subarray(0, length)).digest('hex');
      assert.equal(hash.hex(), expected, `${length} bytes`);
    }
  });

  test(`${name} is the same however the bytes are cut`, () => {
    const bytes = randomBytes(5000);
    const expected = createHash(name).update(bytes).digest('hex');
    for (const piece of [1, 63, 64, 65, 127, 128, 129, 1000, 5000]) {
      const hash = make();
      for (let at = 0; at < bytes.length; at += piece) hash.add(bytes.subarray(at, at + piece));
      assert.equal(hash.hex(), expected, `pieces of ${piece}`);
    }
  });
}
