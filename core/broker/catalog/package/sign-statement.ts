import { type KeyObject, sign } from 'node:crypto';
import { canonicalJson } from '../../../vocabulary/canonical.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import { keyIdOf } from './key-id.ts';
import type { Envelope, Statement } from './plugin-package.ts';
import { PAYLOAD_TYPE, signedBytes } from './pre-authentication.ts';

/** An envelope around a statement, signed by each of the Ed25519 keys. */
export const signStatement = (
  { _type, subject, predicateType, predicate }: Statement,
  privateKeys: readonly KeyObject[],
): Envelope => {
  const document: JsonObject = {
    _type,
    subject: subject.map(({ name, digest }) => ({ name, digest: { ...digest } })),
    predicateType,
    predicate,
  };
  const payload = Buffer.from(canonicalJson(document)).toString('base64');
  return addSignatures({ payloadType: PAYLOAD_TYPE, payload, signatures: [] }, privateKeys);
};

/** The same envelope, signed by more keys; a key that signed before has its signature made anew. */
export const addSignatures = (envelope: Envelope, privateKeys: readonly KeyObject[]): Envelope => {
  const bytes = signedBytes(envelope);
  const signatures = new Map(envelope.signatures.map(({ keyid, sig }) => [keyid, sig]));
  for (const key of privateKeys) {
    signatures.set(keyIdOf(key), sign(null, bytes, key).toString('base64'));
  }
  return { ...envelope, signatures: [...signatures].map(([keyid, sig]) => ({ keyid, sig })) };
};
