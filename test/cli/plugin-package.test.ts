import assert from 'node:assert/strict';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { SIGNATURE_FILE } from '../../core/broker/catalog/package/package-path.ts';
import { writePackageFolder } from '../../core/cli/write-package-folder.ts';
import { makeSigner, sampleFiles, signed } from '../broker/catalog/package/sample-package.ts';
import { makeFolder } from '../broker/catalog/package/trust-folder.ts';
import { secaiAgent } from '../harness/cli.ts';

// The good way, from keygen to verify, is in the acceptance of two keys.

test('plugin pack and sign refuse without having written anything', async (t) => {
  const folder = await makeFolder(t);
  const at = (name: string): string => join(folder, name);
  const ada = makeSigner();
  const pem = ada.privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(at('ada.key'), pem, { mode: 0o600 });
  await writeFile(at('ada.pub'), ada.publicKey.export({ type: 'spki', format: 'pem' }), {
    mode: 0o600,
  });
  await writeFile(at('open.key'), pem);
  await chmod(at('open.key'), 0o644);
  await writePackageFolder(at('p'), sampleFiles());
  await writePackageFolder(at('other'), sampleFiles());
  const refused = async (args: readonly string[], code: number, says: RegExp): Promise<void> => {
    const ended = await secaiAgent(['plugin', ...args], { cwd: folder });
    assert.equal(ended.code, code, ended.err);
    assert.match(ended.err, says);
    assert.doesNotMatch(ended.err, /MC4CAQ|BEGIN/);
  };
  await refused(['pack', 'p', '--out', 'other'], 1, /`.*other` exists already/);
  await refused(['sign', 'p', '--key', 'open.key'], 1, /others may use.*chmod 600/);
  await refused(['sign', 'p', '--key', 'ada.pub'], 1, /not an unencrypted Ed25519 private key/);
  await refused(['sign', 'p', '--key', 'none.key'], 4, /cannot read the key file/);
  await refused(['sign', 'p', '--key', 'ada.key', '--expires', '2001-01-01'], 2, /in the future/);
  assert.ok(!(await readdir(at('p'))).includes(SIGNATURE_FILE));

  // A package that was changed since the first signature gets no second one.
  await writePackageFolder(at('signed'), signed(sampleFiles(), [makeSigner()]));
  await writeFile(join(at('signed'), 'README.md'), 'Other.');
  const before = await readFile(join(at('signed'), SIGNATURE_FILE));
  await refused(
    ['sign', 'signed', '--key', 'ada.key'],
    1,
    /`README\.md` differs.*\n.*\n\(package_/,
  );
  assert.deepEqual(await readFile(join(at('signed'), SIGNATURE_FILE)), before);
  assert.equal((await readdir(at('signed'))).length, 5);
});
