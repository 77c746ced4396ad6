import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { chmod, link, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTrustStore } from '../../../../core/broker/catalog/package/read-trust-store.ts';
import { makePackageFilesPowers } from '../../../../core/broker/main/powers/package-files.ts';
import { makeSigner } from './sample-package.ts';
import { makeFolder, writeRevocations, writeTrustStore } from './trust-folder.ts';

const powers = makePackageFilesPowers();
const [ada, bob, vera] = [makeSigner(), makeSigner(), makeSigner()];
const ID = 'a'.repeat(64);

test('readTrustStore() answers the keys of each role, thresholds and revocations', async (t) => {
  const folder = await makeFolder(t);
  await writeTrustStore(folder, { publishers: [ada, bob], threshold: 2, vetters: [vera] });
  const store = await readTrustStore(powers, folder);
  assert.equal(store.publishers.threshold, 2);
  assert.deepEqual([...store.publishers.keys.keys()], [ada.id, bob.id]);
  assert.deepEqual([...store.vetters.keys.keys()], [vera.id]);
  assert.equal(store.revokedKeys.size + store.revokedPackages.size, 0);
  await writeRevocations(folder, { keys: [bob.id], packages: [ID] });
  const later = await readTrustStore(powers, folder);
  assert.deepEqual([...later.revokedKeys, ...later.revokedPackages], [bob.id, ID]);
});

const trustText = (
  publishers: readonly string[],
  vetters: readonly string[],
  more: object = {},
  threshold = 1,
): string =>
  JSON.stringify({
    version: 1,
    publishers: { threshold, keys: publishers },
    vetters: { threshold: 1, keys: vetters },
    ...more,
  });
const nameOf = (id: string): string => `${id.slice(0, 16)}.pem`;
const A = nameOf(ada.id);
const V = nameOf(vera.id);
const pem = (type: 'public' | 'private'): string =>
  String(
    type === 'public'
      ? ada.publicKey.export({ type: 'spki', format: 'pem' })
      : ada.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  );
const put = (name: string, text: string) => (folder: string) => writeFile(join(folder, name), text);

const FAULTS: readonly (readonly [
  what: string,
  spoil: (folder: string) => Promise<unknown>,
  says: RegExp,
])[] = [
  ['no trust.json', (folder) => rm(join(folder, 'trust.json')), /`trust\.json` does not exist/],
  ['an unknown key', put('trust.json', trustText([A], [V], { colour: 1 })), /unknown key `colour`/],
  ['an equal key', put('trust.json', trustText([A], [V]).replace('{', '{"version":1,')), /once/],
  ['another version', put('trust.json', trustText([A], [V], { version: 2 })), /expected `1`/],
  ['a threshold of none', put('trust.json', trustText([A], [V], {}, 0)), /must be >= 1/],
  [
    'a threshold above the number of keys',
    put('trust.json', trustText([A], [V], {}, 2)),
    /asks for 2 publishers and has 1/,
  ],
  ['no vetters', put('trust.json', trustText([A], [])), /`\/vetters\/keys`/],
  [
    'a key in both roles',
    put('trust.json', trustText([A, V], [V])),
    /among the publishers and among the vetters/,
  ],
  [
    'the same key in a second file',
    async (folder) => {
      await put('keys/again.pem', pem('public'))(folder);
      await put('trust.json', trustText([A, 'again.pem'], [V]))(folder);
    },
    /twice among the publishers/,
  ],
  ['a path out of keys/', put('trust.json', trustText(['../x.pem'], [V])), /pattern/],
  ['a key that is missing', put('trust.json', trustText([A, 'x.pem'], [V])), /`keys\/x\.pem`/],
  ['a key that nothing names', put('keys/x.pem', pem('public')), /`keys\/x\.pem` is not named/],
  ['a private key', put(`keys/${A}`, pem('private')), /holds a private key/],
  ['a private key that nothing names', put('keys/x.key', pem('private')), /holds a private key/],
  [
    'a key of another kind',
    put(
      `keys/${A}`,
      generateKeyPairSync('ec', {
        namedCurve: 'P-256',
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      }).publicKey,
    ),
    /not an Ed25519 key/,
  ],
  ['two keys in a file', put(`keys/${A}`, pem('public') + pem('public')), /not one PEM public key/],
  ['a malformed list of revocations', put('revoked.json', '{'), /`revoked\.json` is not strict/],
  ['an empty list of revocations', put('revoked.json', ''), /`revoked\.json`/],
  [
    'a list of revocations without packages',
    put('revoked.json', '{"version":1,"keys":[]}'),
    /missing key `packages`/,
  ],
  [
    'a revoked key in capitals',
    put('revoked.json', JSON.stringify({ version: 1, keys: [ID.toUpperCase()], packages: [] })),
    /`revoked\.json` at `\/keys\/0`/,
  ],
  ['a misspelt list of revocations', put('revoke.json', '{}'), /`revoke\.json` has no meaning/],
  [
    'a list of revocations that is a folder',
    (folder) => mkdir(join(folder, 'revoked.json')),
    /`revoked\.json` cannot be read/,
  ],
  [
    'a list of revocations behind a link',
    (folder) => symlink('/dev/null', join(folder, 'revoked.json')),
    /`revoked\.json` cannot be read \(a symbolic link\)/,
  ],
  [
    'a key with a second name',
    (folder) => link(join(folder, 'keys', A), `${folder}.link`),
    /more than one hard link/,
  ],
  [
    'a file that others may write',
    (folder) => chmod(join(folder, 'trust.json'), 0o666),
    /`trust\.json` may be written by others/,
  ],
  [
    'a folder that others may write',
    (folder) => chmod(join(folder, 'keys'), 0o777),
    /`keys\/` may be written by others/,
  ],
  [
    'a store that others may write',
    (folder) => chmod(folder, 0o777),
    /: the folder itself may be written by others/,
  ],
  ['no keys/', (folder) => rename(join(folder, 'keys'), join(folder, 'key')), /`key` has no/],
];

for (const [what, spoil, says] of FAULTS) {
  test(`readTrustStore() refuses a store with ${what}`, async (t) => {
    const folder = join(await makeFolder(t), 'trust');
    await writeTrustStore(folder, { publishers: [ada], vetters: [vera] });
    await spoil(folder);
    await assert.rejects(readTrustStore(powers, folder), { code: 'trust_store', message: says });
  });
}

test('readTrustStore() refuses a store of another user', async (t) => {
  const folder = await makeFolder(t);
  await writeTrustStore(folder, { publishers: [ada] });
  const foreign = {
    ...powers,
    readFile: async (path: string, most: number) => {
      const reading = await powers.readFile(path, most);
      return reading.kind === 'open' ? { ...reading, uid: 4_000_000 } : reading;
    },
  };
  await assert.rejects(readTrustStore(foreign, folder), {
    code: 'trust_store',
    message: /belongs to another user/,
  });
  assert.deepEqual((await readdir(folder)).sort(), ['keys', 'trust.json']);
});
