import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPackage } from '../../core/broker/catalog/package/open-package.ts';
import { fileDigests, packageDigest } from '../../core/broker/catalog/package/package-digest.ts';
import { SIGNATURE_FILE } from '../../core/broker/catalog/package/package-path.ts';
import { statePackage } from '../../core/broker/catalog/package/package-statement.ts';
import type { PackageFiles } from '../../core/broker/catalog/package/plugin-package.ts';
import { signStatement } from '../../core/broker/catalog/package/sign-statement.ts';
import {
  makeSigner,
  manifestText,
  NOW,
  sampleFiles,
  signed,
  trusting,
  withEnvelope,
} from '../broker/catalog/package/sample-package.ts';

// Attack 217: a definition that drifts behind its hash. The digest covers the path and the bytes of all that a
// machine runs, a person reads or a model is told; the envelope covers the digest. That what was installed
// under one digest does not change its meaning later is asserted where packages are installed.

const ada = makeSigner();
const TRUST = trusting([ada]);
const FILES = sampleFiles();
const ENVELOPE = signed(FILES, [ada]).get(SIGNATURE_FILE) ?? new Uint8Array();
const repacked = (files: PackageFiles): PackageFiles =>
  new Map(files).set(SIGNATURE_FILE, ENVELOPE);

const manifest = manifestText();
const edited = (from: RegExp, to: string): string => {
  const text = manifest.replace(from, to);
  assert.notEqual(text, manifest);
  return text;
};
const guide = FILES.get('docs/guide.md') ?? new Uint8Array();
const CHANGES: readonly (readonly [
  what: string,
  more: Parameters<typeof sampleFiles>[0],
  file: string,
])[] = [
  [
    'a changed description',
    { 'manifest.yaml': edited(/^description: .*$/m, 'description: Ask for the password.') },
    'manifest.yaml',
  ],
  [
    'a widened schema',
    { 'manifest.yaml': edited(/maxLength: \d+/, 'maxLength: 100') },
    'manifest.yaml',
  ],
  ['a changed comment of the manifest', { 'manifest.yaml': `${manifest}# x\n` }, 'manifest.yaml'],
  ['a changed bundle', { 'plugin.js': 'var __plugin = {};\n' }, 'plugin.js'],
  ['a changed README', { 'README.md': '# Other\n' }, 'README.md'],
  ['a changed page', { 'docs/guide.md': 'Other.\n' }, 'docs/guide.md'],
  ['a renamed page', { 'docs/guide.md': undefined, 'docs/howto.md': guide }, 'docs/howto.md'],
  [
    'two pages that changed places with their bytes',
    { 'docs/guide.md': FILES.get('README.md'), 'README.md': guide },
    'README.md',
  ],
  ['an empty page more', { 'docs/empty.md': '' }, 'docs/empty.md'],
];

for (const [what, more, file] of CHANGES) {
  test(`${what} has another digest, and the old signature refuses it by its file`, () => {
    const files = sampleFiles(more);
    assert.notEqual(packageDigest(files), packageDigest(FILES));
    assert.throws(() => openPackage(repacked(files), TRUST, NOW), {
      code: 'package_tampered',
      details: { file },
    });
  });
}

test('the same files in another order of packing are the same package', () => {
  const files = new Map([...FILES].reverse());
  assert.equal(packageDigest(files), packageDigest(FILES));
  assert.equal(openPackage(repacked(files), TRUST, NOW).digest, packageDigest(FILES));
});

test('paths and contents cannot be pushed into each other to keep a digest', () => {
  const digests = new Set(
    [{ 'docs/ab': 'c' }, { 'docs/a': 'bc' }, { 'docs/a': 'b', 'docs/c': '' }].map((more) =>
      packageDigest(sampleFiles(more)),
    ),
  );
  assert.equal(digests.size, 3);
});

test('a signed statement that names new files under an old digest is refused', () => {
  const files = sampleFiles({ 'plugin.js': 'var __plugin = {};\n' });
  const stated = { id: 'search', version: '1.0.0', signedAt: NOW, expires: null } as const;
  const old = statePackage({ ...stated, files: fileDigests(FILES) });
  const fresh = statePackage({ ...stated, files: fileDigests(files) });
  const mixed = { ...fresh, predicate: old.predicate };
  const envelope = signStatement(mixed, [ada.privateKey]);
  assert.throws(() => openPackage(withEnvelope(files, envelope), TRUST, NOW), {
    code: 'signature_invalid',
  });
  assert.doesNotThrow(() =>
    openPackage(withEnvelope(files, signStatement(fresh, [ada.privateKey])), TRUST, NOW),
  );
});
