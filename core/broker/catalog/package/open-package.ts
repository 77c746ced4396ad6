import { AgentError, type ErrorCode } from '../../../vocabulary/errors.ts';
import { parseManifest } from '../parse-manifest.ts';
import { assertSameFiles } from './assert-same-files.ts';
import { checkPackageFiles } from './check-package-files.ts';
import { fileDigests } from './package-digest.ts';
import { BUNDLE_FILE, MANIFEST_FILE, SIGNATURE_FILE, shownPath } from './package-path.ts';
import { parsePackageStatement } from './package-statement.ts';
import { packageText } from './package-text.ts';
import { parseEnvelope, readStatement } from './parse-envelope.ts';
import type { PackageFiles, PluginPackage, TrustStore } from './plugin-package.ts';
import { verifySignatures } from './verify-statement.ts';

/**
 * A package, if its bytes are exactly those that enough trusted publishers signed.
 * @throws AgentError `package_invalid`, `plugin_unsigned`, `signature_invalid`, `key_revoked`,
 * `signature_expired`, `package_tampered` (with the file) or `manifest`
 */
export const openPackage = (files: PackageFiles, trust: TrustStore, now: number): PluginPackage => {
  // Every byte here may be an attacker's: files, envelope, manifest. They are taken once, and what is hashed
  // below is what is parsed and run; a file on disk is never opened a second time (attacks 143, 217).
  const taken: PackageFiles = new Map(
    [...files].map(([path, bytes]) => [path, Uint8Array.from(bytes)]),
  );
  checkPackageFiles(taken);
  const envelopeBytes = taken.get(SIGNATURE_FILE);
  if (envelopeBytes === undefined) {
    throw refusal('plugin_unsigned', `${shownPath(SIGNATURE_FILE)} is missing`);
  }
  const envelope = parseEnvelope(envelopeBytes, SIGNATURE_FILE);
  const signedBy = verifySignatures(envelope, trust.publishers, trust.revokedKeys);
  const stated = parsePackageStatement(readStatement(envelope));
  if (stated.expires !== null && now >= stated.expires) {
    const day = new Date(stated.expires).toISOString();
    throw refusal('signature_expired', `the signature expired at \`${day}\``);
  }

  const digests = fileDigests(taken);
  assertSameFiles(digests, stated.files);
  if (trust.revokedPackages.has(stated.digest)) {
    throw new AgentError({
      code: 'key_revoked',
      message: `package \`${stated.digest}\` is revoked, whoever signed it`,
      remedy: 'use another version of the plugin',
    });
  }
  const manifest = parseManifest(packageText(taken, MANIFEST_FILE), MANIFEST_FILE);
  if (manifest.id !== stated.id || manifest.version !== stated.version) {
    const signed = `\`${stated.id}\` \`${stated.version}\``;
    const found = `\`${manifest.id}\` \`${manifest.version}\``;
    throw refusal('package_invalid', `signed as ${signed}, but its manifest says ${found}`);
  }
  return Object.freeze({
    manifest,
    digest: stated.digest,
    files: digests,
    source: packageText(taken, BUNDLE_FILE),
    signedBy,
    expires: stated.expires,
  });
};

const refusal = (code: ErrorCode, message: string): AgentError => new AgentError({ code, message });
