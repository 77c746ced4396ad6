import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPackage } from '../../core/broker/catalog/package/open-package.ts';
import { assertNewer } from '../../core/broker/catalog/package/version-order.ts';
import { writePackageFolder } from '../../core/cli/write-package-folder.ts';
import {
  makeSigner,
  manifestText,
  NOW,
  sampleFiles,
  signed,
  trusting,
} from '../broker/catalog/package/sample-package.ts';
import {
  makeFolder,
  writeRevocations,
  writeTrustStore,
} from '../broker/catalog/package/trust-folder.ts';
import { secaiAgent } from '../harness/cli.ts';

const ada = makeSigner();
const TRUST = trusting([ada]);
const FILES = sampleFiles();

test('plugin.unsigned: no signature, an expired one, a revoked key, a lower version: four codes', () => {
  assert.throws(() => openPackage(FILES, TRUST, NOW), { code: 'plugin_unsigned' });
  const expiring = signed(FILES, [ada], NOW + 1);
  assert.throws(() => openPackage(expiring, TRUST, NOW + 1), { code: 'signature_expired' });
  const revoked = trusting([ada], 1, { revokedKeys: new Set([ada.id]) });
  assert.throws(() => openPackage(signed(FILES, [ada]), revoked, NOW), { code: 'key_revoked' });

  const version = (text: string): string => {
    const files = sampleFiles({ 'manifest.yaml': manifestText(text) });
    return openPackage(signed(files, [ada]), TRUST, NOW).manifest.version;
  };
  assert.throws(() => assertNewer(version('1.9.0'), version('1.10.0')), {
    code: 'version_not_newer',
  });
  assert.throws(() => assertNewer(version('1.10.0'), version('1.10.0')), {
    code: 'version_not_newer',
  });
  assert.doesNotThrow(() => assertNewer(version('1.10.1'), version('1.10.0')));
});

test('plugin.unsigned: verify refuses each with its code, and a trust store that it cannot read', async (t) => {
  const folder = await makeFolder(t);
  const at = (...names: readonly string[]): string => join(folder, ...names);
  await writeTrustStore(at('trust'), { publishers: [ada] });
  const code = async (name: string): Promise<string> => {
    const shared = ['--trust', at('trust'), '--json'];
    const ended = await secaiAgent(['plugin', 'verify', at(name), ...shared]);
    assert.equal(ended.code, 1, ended.out);
    return JSON.parse(ended.out).code;
  };
  await writePackageFolder(at('unsigned'), FILES);
  await writePackageFolder(at('expired'), signed(FILES, [ada], NOW + 1));
  await writePackageFolder(at('good'), signed(FILES, [ada]));
  assert.equal(await code('unsigned'), 'plugin_unsigned');
  assert.equal(await code('expired'), 'signature_expired');
  await writeRevocations(at('trust'), { keys: [ada.id] });
  assert.equal(await code('good'), 'key_revoked');
  await writeFile(at('trust', 'revoked.json'), '{}');
  assert.equal(await code('good'), 'trust_store');
  await rm(at('trust'), { recursive: true });
  assert.equal(await code('good'), 'trust_store');
});
