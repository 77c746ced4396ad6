import { createHash, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from './canonical.ts';
import type { Sha256Hex } from './ids.ts';
import type { JsonValue } from './json.ts';

/** SHA-256 of bytes or of a string's UTF-8, as lowercase hex. */
export const sha256 = (data: string | Uint8Array): Sha256Hex =>
  createHash('sha256').update(data).digest('hex') as Sha256Hex;

/** SHA-256 of a value's canonical form: the same for every spelling of the same data. */
export const digestOf = (value: JsonValue): Sha256Hex => sha256(canonicalJson(value));

/** Compares two secrets or digests in time that depends only on their length. */
export const equalSecrets = (a: string | Uint8Array, b: string | Uint8Array): boolean => {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
};
