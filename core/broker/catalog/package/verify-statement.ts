import { verify } from 'node:crypto';
import { AgentError, type ErrorCode } from '../../../vocabulary/errors.ts';
import { readStatement } from './parse-envelope.ts';
import type { Envelope, KeyId, Statement, TrustedKeys } from './plugin-package.ts';
import { PAYLOAD_TYPE, signedBytes } from './pre-authentication.ts';

/** The signatures of an envelope by what they are worth. Each key stands in one set, and once. */
export interface JudgedSignatures {
  /** Trusted keys, not revoked, whose signature holds. */
  readonly signedBy: ReadonlySet<KeyId>;
  /** Trusted keys whose signature does not hold. */
  readonly broken: ReadonlySet<KeyId>;
  readonly revoked: ReadonlySet<KeyId>;
  readonly unknown: ReadonlySet<KeyId>;
}

/** Looks at each signature of an envelope; what it takes is for the caller to say. */
export const judgeSignatures = (
  envelope: Envelope,
  { keys }: TrustedKeys,
  revokedKeys: ReadonlySet<KeyId>,
): JudgedSignatures => {
  const signedBy = new Set<KeyId>();
  const broken = new Set<KeyId>();
  const revoked = new Set<KeyId>();
  const unknown = new Set<KeyId>();
  const bytes = signedBytes(envelope);
  for (const { keyid, sig } of envelope.signatures) {
    // The id is the signer's word and decides nothing: a signature under another's id does not verify with
    // that other's key.
    const key = keys.get(keyid);
    if (revokedKeys.has(keyid)) revoked.add(keyid);
    else if (key === undefined) unknown.add(keyid);
    else if (verify(null, bytes, key, Buffer.from(sig, 'base64'))) signedBy.add(keyid);
    else broken.add(keyid);
  }
  return { signedBy, broken, revoked, unknown };
};

/**
 * The keys that signed an envelope, where they are enough.
 * @throws AgentError `signature_invalid`, `key_revoked` or `plugin_unsigned`
 */
export const verifySignatures = (
  envelope: Envelope,
  keys: TrustedKeys,
  revokedKeys: ReadonlySet<KeyId>,
): readonly KeyId[] => {
  // Whoever hands over the envelope chose its signatures. One key counts once however often it signed, a
  // revoked or unknown one not at all, and a broken signature under a trusted id refuses the whole.
  if (envelope.payloadType !== PAYLOAD_TYPE) {
    throw refusal('signature_invalid', 'the envelope is for another type of payload');
  }
  const judged = judgeSignatures(envelope, keys, revokedKeys);
  const [broken] = judged.broken;
  if (broken !== undefined) {
    throw refusal('signature_invalid', `the signature of key \`${broken}\` does not verify`);
  }
  if (judged.signedBy.size >= keys.threshold) return [...judged.signedBy].sort();
  const [revoked] = judged.revoked;
  if (revoked !== undefined) throw refusal('key_revoked', `key \`${revoked}\` is revoked`);
  throw refusal('plugin_unsigned', wantText(judged, keys.threshold));
};

/** How far the signatures are from enough. */
export const wantText = (judged: JudgedSignatures, threshold: number): string => {
  const { signedBy, unknown } = judged;
  const aside =
    unknown.size === 0 ? '' : `, and ${unknown.size} that the trust store does not know`;
  return `signed by ${signedBy.size} of the ${threshold} different trusted keys that it takes${aside}`;
};

/**
 * The statement of an envelope that enough keys signed.
 * @throws AgentError `signature_invalid`, `key_revoked` or `plugin_unsigned`
 */
export const verifyStatement = (
  envelope: Envelope,
  keys: TrustedKeys,
  revokedKeys: ReadonlySet<KeyId>,
): Statement => {
  verifySignatures(envelope, keys, revokedKeys);
  return readStatement(envelope);
};

const refusal = (code: ErrorCode, message: string): AgentError => new AgentError({ code, message });
