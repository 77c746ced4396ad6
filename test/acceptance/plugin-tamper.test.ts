import assert from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPackage } from '../../core/broker/catalog/package/open-package.ts';
import { SIGNATURE_FILE } from '../../core/broker/catalog/package/package-path.ts';
import { writePackageFolder } from '../../core/cli/write-package-folder.ts';
import { AgentError } from '../../core/vocabulary/errors.ts';
import {
  bytesOf,
  makeSigner,
  NOW,
  sampleFiles,
  signed,
  trusting,
} from '../broker/catalog/package/sample-package.ts';
import { makeFolder, writeTrustStore } from '../broker/catalog/package/trust-folder.ts';
import { secaiAgent } from '../harness/cli.ts';

const [ada, bob] = [makeSigner(), makeSigner()];
const TRUST = trusting([ada, bob], 2);
const PACKAGE = signed(sampleFiles(), [ada, bob], NOW + 1000);
const open = (files: ReadonlyMap<string, Uint8Array>) => openPackage(files, TRUST, NOW);

const flipped = (bytes: Uint8Array, place: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy;
};

for (const path of sampleFiles().keys()) {
  test(`plugin.tamper: any byte of ${path} that is flipped refuses the package and names the file`, () => {
    const bytes = PACKAGE.get(path) ?? new Uint8Array();
    const step = Math.max(1, Math.floor(bytes.length / 40));
    for (let place = 0; place < bytes.length; place += step) {
      assert.throws(() => open(new Map(PACKAGE).set(path, flipped(bytes, place))), {
        code: 'package_tampered',
        details: { file: path },
        message: new RegExp(`\`${path}\` differs`),
      });
    }
  });
}

test('plugin.tamper: every byte of the envelope counts, and a spoilt one is named or its key is', () => {
  const bytes = PACKAGE.get(SIGNATURE_FILE) ?? new Uint8Array();
  const codes = new Set<string>();
  for (let place = 0; place < bytes.length; place += 1) {
    try {
      open(new Map(PACKAGE).set(SIGNATURE_FILE, flipped(bytes, place)));
      assert.fail(`byte ${place} does not count`);
    } catch (thrown) {
      assert.ok(thrown instanceof AgentError, String(thrown));
      assert.match(thrown.message, /signature\.dsse\.json|key `[0-9a-f]{64}`|does not know/);
      codes.add(thrown.code);
    }
  }
  assert.deepEqual([...codes].sort(), ['plugin_unsigned', 'signature_invalid']);
});

test('plugin.tamper: a file added, removed or renamed refuses the package and names the file', () => {
  const changed = (change: (files: Map<string, Uint8Array>) => unknown) => {
    const files = new Map(PACKAGE);
    change(files);
    return () => open(files);
  };
  const guide = PACKAGE.get('docs/guide.md') ?? new Uint8Array();
  assert.throws(
    changed((files) => files.set('docs/more.md', bytesOf('more'))),
    { code: 'package_tampered', message: /`docs\/more\.md` was not there/ },
  );
  assert.throws(
    changed((files) => files.delete('docs/guide.md')),
    { code: 'package_tampered', message: /`docs\/guide\.md` was signed and is missing/ },
  );
  assert.throws(
    changed((files) => files.delete('docs/guide.md') && files.set('docs/Guide.md', guide)),
    { code: 'package_tampered', message: /`docs\/Guide\.md` was not there/ },
  );
  assert.throws(
    changed((files) => files.set('worker.js', bytesOf('evil'))),
    { code: 'package_invalid', message: /`worker\.js`/ },
  );
});

test('plugin.tamper: the command line refuses the same in a folder', async (t) => {
  const folder = await makeFolder(t);
  const at = (...names: readonly string[]): string => join(folder, ...names);
  await writeTrustStore(at('trust'), { publishers: [ada, bob], threshold: 2 });
  await writePackageFolder(at('p'), signed(sampleFiles(), [ada, bob]));
  const refused = async (code: string, says: RegExp): Promise<void> => {
    const ended = await secaiAgent(['plugin', 'verify', at('p'), '--trust', at('trust'), '--json']);
    assert.equal(ended.code, 1, ended.out);
    assert.equal(JSON.parse(ended.out).code, code);
    assert.match(ended.err, says);
  };
  const bundle = await readFile(at('p', 'plugin.js'));
  await writeFile(at('p', 'plugin.js'), flipped(bundle, 9));
  await refused('package_tampered', /`plugin\.js` differs/);
  await writeFile(at('p', 'plugin.js'), bundle);
  await rename(at('p', 'docs', 'guide.md'), at('p', 'docs', 'other.md'));
  await refused('package_tampered', /`docs\/other\.md` was not there/);
  await rm(at('p', SIGNATURE_FILE));
  await refused('plugin_unsigned', /signature\.dsse\.json/);
});
