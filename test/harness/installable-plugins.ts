import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyIdOf } from '../../core/broker/catalog/package/key-id.ts';
import { packageDigest } from '../../core/broker/catalog/package/package-digest.ts';
import { SIGNATURE_FILE } from '../../core/broker/catalog/package/package-path.ts';
import type { PackageFiles } from '../../core/broker/catalog/package/plugin-package.ts';
import { signPackage } from '../../core/broker/catalog/package/sign-package.ts';
import { signStatement } from '../../core/broker/catalog/package/sign-statement.ts';
import { stateVerdict } from '../../core/broker/catalog/package/verdict.ts';
import type { JsonObject } from '../../core/vocabulary/json.ts';

/** A publisher and a vetter of this run, whom a trust store trusts; no private key lies in the tree. */
export interface Workshop {
  /** A package, signed, with the verdict that it passed. */
  make(plugin: PluginText, how?: Signing): PackageFiles;
  /** Writes the trust store anew. */
  trust(revoked?: {
    readonly keys?: readonly string[];
    readonly packages?: readonly string[];
  }): void;
  readonly publisherId: string;
}

export interface PluginText {
  readonly id: string;
  readonly version: string;
  readonly description?: string;
  /** The YAML below the texts: `steps:`, `tools:` and `requests:`. */
  readonly power: string;
  readonly source: string;
}

interface Signing {
  readonly expires?: number;
  readonly signed?: boolean;
  /** False for a vetter who found that it failed, null for a package that nobody vetted. */
  readonly passed?: boolean | null;
}

/** @param folder the trust store, made and filled here */
export const makeWorkshop = (folder: string): Workshop => {
  const publisher = generateKeyPairSync('ed25519');
  const vetter = generateKeyPairSync('ed25519');
  const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
  const write = (name: string, text: string): void =>
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 });
  write('keys/publisher.pem', pem(publisher.publicKey));
  write('keys/vetter.pem', pem(vetter.publicKey));

  const trust: Workshop['trust'] = ({ keys = [], packages = [] } = {}) => {
    const signers = (name: string) => ({ threshold: 1, keys: [name] });
    write(
      'trust.json',
      JSON.stringify({
        version: 1,
        publishers: signers('publisher.pem'),
        vetters: signers('vetter.pem'),
      }),
    );
    write('revoked.json', JSON.stringify({ version: 1, keys, packages }));
  };
  trust();

  return {
    trust,
    publisherId: keyIdOf(publisher.publicKey),
    make: (plugin, { expires, signed = true, passed = true } = {}) => {
      const files = new Map<string, Uint8Array>([
        ['manifest.yaml', bytes(manifestText(plugin))],
        ['plugin.js', bytes(plugin.source)],
        ['README.md', bytes(`# ${plugin.id}\n`)],
      ]);
      const now = Date.now();
      const { envelope } = signPackage(files, {
        keys: [publisher.privateKey],
        now,
        expires: expires ?? null,
      });
      const verdict = stateVerdict({
        id: plugin.id,
        version: plugin.version,
        packageDigest: packageDigest(files),
        passed: passed !== false,
        timeVerified: now,
        expires: null,
        inputAttestations: [],
      });
      if (signed) files.set(SIGNATURE_FILE, bytes(JSON.stringify(envelope)));
      if (passed !== null) {
        const signedVerdict = signStatement(verdict, [vetter.privateKey]);
        files.set('verdicts/vetter.dsse.json', bytes(JSON.stringify(signedVerdict)));
      }
      return files;
    },
  };
};

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

const manifestText = ({ id, version, description = 'For a test.', power }: PluginText): string =>
  `id: ${id}
version: ${version}
title: A plugin
description: ${description}
license: Apache-2.0
authors: [Somebody]
${power}`;

/** A package as the operator's route takes it. */
export const installation = (files: PackageFiles): JsonObject => ({
  files: [...files].map(([path, content]) => ({
    path,
    base64: Buffer.from(content).toString('base64'),
  })),
});
