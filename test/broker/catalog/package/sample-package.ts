import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyIdOf } from '../../../../core/broker/catalog/package/key-id.ts';
import { SIGNATURE_FILE } from '../../../../core/broker/catalog/package/package-path.ts';
import type {
  Envelope,
  KeyId,
  PackageFiles,
  TrustedKeys,
  TrustStore,
} from '../../../../core/broker/catalog/package/plugin-package.ts';
import { signPackage } from '../../../../core/broker/catalog/package/sign-package.ts';
import { PACKAGE_ROOT } from '../../../../core/vocabulary/package-root.ts';

/** A moment for tests: 2026-01-01. */
export const NOW: number = Date.UTC(2026, 0, 1);

/** A key pair of this run; no private key lies in the tree. */
export interface Signer {
  readonly id: KeyId;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const makeSigner = (): Signer => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { id: keyIdOf(publicKey), privateKey, publicKey };
};

/** A manifest that the parser takes, whatever it demands: a shipped one, under another version. */
export const manifestText = (version = '1.0.0'): string =>
  readFileSync(join(PACKAGE_ROOT, 'plugins/search/manifest.yaml'), 'utf8').replace(
    /^version: .*$/m,
    `version: ${version}`,
  );

export const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

/** An unsigned package. A file that is set to undefined is left out. */
export const sampleFiles = (
  more: Readonly<Record<string, string | Uint8Array | undefined>> = {},
): PackageFiles => {
  const contents = {
    'manifest.yaml': manifestText(),
    'plugin.js': 'var __plugin = { steps: {} };\n',
    'README.md': '# Sample\n\nWhat it is for.\n',
    'docs/guide.md': 'How to use it.\n',
    ...more,
  };
  const files = new Map<string, Uint8Array>();
  for (const [path, content] of Object.entries(contents)) {
    if (content === undefined) continue;
    files.set(path, typeof content === 'string' ? bytesOf(content) : content);
  }
  return files;
};

export const withEnvelope = (files: PackageFiles, envelope: Envelope): PackageFiles =>
  new Map([...files, [SIGNATURE_FILE, bytesOf(JSON.stringify(envelope))]]);

export const signed = (
  files: PackageFiles,
  signers: readonly Signer[],
  expires: number | null = null,
): PackageFiles => {
  const keys = signers.map(({ privateKey }) => privateKey);
  return withEnvelope(files, signPackage(files, { keys, now: NOW, expires }).envelope);
};

export const trusted = (signers: readonly Signer[], threshold = 1): TrustedKeys => ({
  threshold,
  keys: new Map(signers.map(({ id, publicKey }) => [id, publicKey])),
});

/** A trust store of these publishers. */
export const trusting = (
  publishers: readonly Signer[],
  threshold = 1,
  more: Partial<TrustStore> = {},
): TrustStore => ({
  publishers: trusted(publishers, threshold),
  vetters: trusted([makeSigner()]),
  revokedKeys: new Set(),
  revokedPackages: new Set(),
  ...more,
});
