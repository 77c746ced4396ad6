import type { KeyObject } from 'node:crypto';
import { AgentError } from '../../../vocabulary/errors.ts';
import { assertSameFiles } from './assert-same-files.ts';
import { packPlugin } from './pack-plugin.ts';
import { fileDigests } from './package-digest.ts';
import { SIGNATURE_FILE } from './package-path.ts';
import { type PackageStatement, parsePackageStatement, statePackage } from './package-statement.ts';
import { parseEnvelope, readStatement } from './parse-envelope.ts';
import type { Envelope, PackageFiles } from './plugin-package.ts';
import { addSignatures, signStatement } from './sign-statement.ts';

interface Signing {
  readonly keys: readonly KeyObject[];
  /** Unix milliseconds. */
  readonly now: number;
  /** Null where it is left to the first signer, or to nobody. */
  readonly expires: number | null;
}

/** What was signed, and the envelope to put beside it. */
export interface SignedPackage {
  readonly statement: PackageStatement;
  readonly envelope: Envelope;
}

/**
 * Signs a package. Where others signed before, the keys join their statement, which must be about just
 * these files.
 * @throws AgentError `package_invalid`, `manifest`, `package_tampered` or `signature_invalid`
 */
export const signPackage = (
  files: PackageFiles,
  { keys, now, expires }: Signing,
): SignedPackage => {
  const { manifest } = packPlugin(files);
  const before = files.get(SIGNATURE_FILE);
  if (before === undefined) {
    const { id, version } = manifest;
    const stated = { id, version, files: fileDigests(files), signedAt: now, expires };
    const statement = statePackage(stated);
    const envelope = signStatement(statement, keys);
    return { statement: parsePackageStatement(statement), envelope };
  }
  // The first signer wrote what the next one is about to sign as well.
  const envelope = parseEnvelope(before, SIGNATURE_FILE);
  const statement = parsePackageStatement(readStatement(envelope));
  assertSameFiles(fileDigests(files), statement.files);
  if (statement.id !== manifest.id || statement.version !== manifest.version) {
    throw otherStatement('another plugin or version');
  }
  if (expires !== null && expires !== statement.expires) throw otherStatement('another expiry');
  return { statement, envelope: addSignatures(envelope, keys) };
};

const otherStatement = (what: string): AgentError =>
  new AgentError({
    code: 'signature_invalid',
    message: `the statement in \`${SIGNATURE_FILE}\` is for ${what}`,
    remedy: `join it as it is, or remove \`${SIGNATURE_FILE}\` and sign anew`,
  });
