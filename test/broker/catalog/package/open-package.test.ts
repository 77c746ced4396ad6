import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPackage } from '../../../../core/broker/catalog/package/open-package.ts';
import {
  fileDigests,
  packageDigest,
} from '../../../../core/broker/catalog/package/package-digest.ts';
import { statePackage } from '../../../../core/broker/catalog/package/package-statement.ts';
import type {
  PackageFiles,
  Statement,
} from '../../../../core/broker/catalog/package/plugin-package.ts';
import { signStatement } from '../../../../core/broker/catalog/package/sign-statement.ts';
import { sha256 } from '../../../../core/vocabulary/digest.ts';
import {
  bytesOf,
  makeSigner,
  manifestText,
  NOW,
  sampleFiles,
  signed,
  trusting,
  withEnvelope,
} from './sample-package.ts';

const [ada, bob] = [makeSigner(), makeSigner()];
const FILES = sampleFiles();
const TRUST = trusting([ada]);
const open = (files: PackageFiles, trust = TRUST, now = NOW) => openPackage(files, trust, now);

test('openPackage() answers manifest, source, digests and signers of what was signed', () => {
  const opened = open(signed(FILES, [ada], NOW + 1000));
  assert.equal(opened.manifest.id, 'search');
  assert.equal(opened.manifest.version, '1.0.0');
  assert.equal(opened.source, 'var __plugin = { steps: {} };\n');
  assert.equal(opened.digest, packageDigest(FILES));
  assert.deepEqual(opened.files, fileDigests(FILES));
  assert.deepEqual(opened.signedBy, [ada.id]);
  assert.equal(opened.expires, NOW + 1000);
});

test('the digest of a package is the SHA-256 of its paths and their SHA-256 in canonical JSON', () => {
  const pairs = [...FILES.keys()]
    .sort()
    .map((path) => `"${path}":"${sha256(FILES.get(path) ?? '')}"`);
  assert.equal(packageDigest(FILES), sha256(`{${pairs.join(',')}}`));
});

test('openPackage() uses the bytes that it hashed, though the caller changes its own meanwhile', () => {
  const files = new Map(signed(FILES, [ada]));
  const bytes = Buffer.from(files.get('plugin.js') ?? []);
  const trap = {
    ...TRUST,
    get revokedPackages(): ReadonlySet<string> {
      bytes.fill(0x20);
      return new Set<string>();
    },
  };
  assert.match(open(files.set('plugin.js', bytes), trap).source, /^var __plugin/);
});

test('openPackage() refuses a package without an envelope', () => {
  assert.throws(() => open(FILES), { code: 'plugin_unsigned' });
});

test('a signature counts until the moment at which it expires', () => {
  const files = signed(FILES, [ada], NOW + 1000);
  assert.doesNotThrow(() => open(files, TRUST, NOW + 999));
  assert.throws(() => open(files, TRUST, NOW + 1000), { code: 'signature_expired' });
});

test('openPackage() refuses a package whose digest is revoked, whoever signed it', () => {
  const trust = trusting([ada], 1, { revokedPackages: new Set([packageDigest(FILES)]) });
  assert.throws(() => open(signed(FILES, [ada]), trust), {
    code: 'key_revoked',
    message: /is revoked, whoever signed it/,
  });
});

test('openPackage() refuses a manifest that the parser refuses, and one of another id or version', () => {
  const stated = { id: 'search', signedAt: NOW, expires: null } as const;
  const sign = (files: PackageFiles, version: string): PackageFiles => {
    const statement = statePackage({ ...stated, version, files: fileDigests(files) });
    return withEnvelope(files, signStatement(statement, [ada.privateKey]));
  };
  assert.throws(() => open(sign(FILES, '1.0.1')), { code: 'package_invalid', message: /1\.0\.1/ });
  const broken = sampleFiles({ 'manifest.yaml': `${manifestText()}more: 1\n` });
  assert.throws(() => open(sign(broken, '1.0.0')), { code: 'manifest', message: /more/ });
  const binary = sampleFiles({ 'plugin.js': Uint8Array.of(0xff) });
  assert.throws(() => open(sign(binary, '1.0.0')), { code: 'package_invalid', message: /UTF-8/ });
});

const digest = { sha256: sha256('x') };
const LIES: readonly (readonly [what: string, change: (told: Statement) => Statement])[] = [
  ['another predicate', (told) => ({ ...told, predicateType: 'https://example.com/other' })],
  [
    'a file twice',
    (told) => ({ ...told, subject: [...told.subject, { name: 'plugin.js', digest }] }),
  ],
  [
    'a path of no package',
    (told) => ({ ...told, subject: [...told.subject, { name: '../x', digest }] }),
  ],
  ['no package', (told) => ({ ...told, subject: told.subject.slice(0, -1) })],
  [
    'the package twice',
    (told) => ({ ...told, subject: [...told.subject, ...told.subject.slice(-1)] }),
  ],
  ['a digest of other files', (told) => ({ ...told, subject: told.subject.slice(1) })],
  ['an unknown field', (told) => ({ ...told, predicate: { ...told.predicate, more: 1 } })],
  [
    'a day that is none',
    (told) => ({ ...told, predicate: { ...told.predicate, expires: '2026-13-01T00:00:00Z' } }),
  ],
];

for (const [what, change] of LIES) {
  test(`openPackage() refuses a signed statement with ${what}`, () => {
    const files = fileDigests(FILES);
    const told = statePackage({
      id: 'search',
      version: '1.0.0',
      files,
      signedAt: NOW,
      expires: null,
    });
    const envelope = signStatement(change(told), [ada.privateKey]);
    assert.throws(() => open(withEnvelope(FILES, envelope)), { code: 'signature_invalid' });
  });
}

test('a second signer joins the statement of the first, and only of the same files and expiry', () => {
  const once = signed(FILES, [ada], NOW + 1000);
  const both = signed(once, [bob]);
  assert.deepEqual(open(both, trusting([ada, bob], 2)).signedBy, [ada.id, bob.id].sort());
  assert.equal(open(both, trusting([ada, bob], 2)).expires, NOW + 1000);
  const changed = new Map(once).set('README.md', bytesOf('other'));
  assert.throws(() => signed(changed, [bob]), { code: 'package_tampered', message: /README\.md/ });
  assert.throws(() => signed(once, [bob], NOW + 2000), { code: 'signature_invalid' });
});

const SHAPES: readonly (readonly [
  what: string,
  more: Parameters<typeof sampleFiles>[0],
  says: RegExp,
])[] = [
  ['without a manifest', { 'manifest.yaml': undefined }, /manifest\.yaml.* missing/],
  ['without a README', { 'README.md': undefined }, /README\.md.* missing/],
  ['with a file beside those that it may have', { 'evil.js': '' }, /evil\.js.* belong/],
  ['with a dot file', { 'docs/.x': '' }, /docs\/\.x/],
  ['with a path out of it', { 'docs/../../x': '' }, /docs\/\.\.\/\.\.\/x/],
  ['with an absolute path', { '/docs/x': '' }, /\/docs\/x/],
  ['with a path of five levels', { 'docs/a/b/c/d': '' }, /docs\/a\/b\/c\/d/],
  ['with a path beyond ASCII', { 'docs/\u0430.md': '' }, /docs\/\?\.md/],
  ['with names that differ in case alone', { 'docs/GUIDE.md': '' }, /differ in case/],
  ['with folders that differ in case alone', { 'docs/a/x': '', 'docs/A/y': '' }, /differ in case/],
  [
    'with a file that is a folder as well',
    { 'docs/a': '', 'docs/a/x': '' },
    /differ in case or kind/,
  ],
  [
    'with a bundle over 1 MiB',
    { 'plugin.js': new Uint8Array(1_048_577) },
    /plugin\.js.* more than/,
  ],
  [
    'over 2 MiB in all',
    { 'docs/a': new Uint8Array(1_048_576), 'docs/b': new Uint8Array(1_048_576) },
    /more than 2097152 bytes/,
  ],
  [
    'of 65 files',
    Object.fromEntries(Array.from({ length: 61 }, (_, place) => [`docs/${place}`, ''])),
    /65 files/,
  ],
];

for (const [what, more, says] of SHAPES) {
  test(`openPackage() refuses a package ${what}`, () => {
    const files = new Map(signed(FILES, [ada]));
    for (const [path, content] of sampleFiles(more)) files.set(path, content);
    for (const path of files.keys())
      if (more?.[path] === undefined && path in (more ?? {})) files.delete(path);
    assert.throws(() => open(files), { code: 'package_invalid', message: says });
  });
}
