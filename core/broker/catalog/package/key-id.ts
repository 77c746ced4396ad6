import { createPublicKey, type KeyObject } from 'node:crypto';
import { sha256 } from '../../../vocabulary/digest.ts';
import type { KeyId } from './plugin-package.ts';

/** The id of a key pair, from either of its keys: SHA-256 of the public key's SPKI DER. */
export const keyIdOf = (key: KeyObject): KeyId => {
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  return sha256(publicKey.export({ type: 'spki', format: 'der' }));
};
