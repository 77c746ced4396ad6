import { AgentError } from '../../vocabulary/errors.ts';

const LEAST_BYTES = 32;
const MOST_BYTES = 4096;

/**
 * The root key that a key file holds: white space around printable text is no part of it (wire contract
 * section 7). All of it counts: the keys that are used come from it by HKDF, which takes any length, so
 * the predecessor's cut after 64 bytes would only throw key away.
 * @throws AgentError `configuration`
 */
export const parseSigningKey = (bytes: Uint8Array): Uint8Array => {
  if (bytes.length > MOST_BYTES) throw refusal(bytes.length);
  const key = bytes.every(isPrintable) ? trimmed(bytes) : Uint8Array.from(bytes);
  if (key.length < LEAST_BYTES) throw refusal(key.length);
  if (new Set(key).size === 1) {
    throw new AgentError({
      code: 'configuration',
      message: 'the signing key repeats one byte',
      remedy: 'make a key of random bytes',
    });
  }
  return key;
};

const refusal = (length: number): AgentError =>
  new AgentError({
    code: 'configuration',
    message: `expected a signing key of ${LEAST_BYTES} to ${MOST_BYTES} bytes, got ${length}`,
    remedy: 'make a key of 32 random bytes',
  });

// Printable as Python's `string.printable` has it, which is what key files were trimmed by so far.
const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
const isPrintable = (byte: number): boolean => isSpace(byte) || (byte > 0x20 && byte < 0x7f);

const trimmed = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex((byte) => !isSpace(byte));
  const last = bytes.findLastIndex((byte) => !isSpace(byte));
  return first < 0 ? new Uint8Array() : Uint8Array.from(bytes.subarray(first, last + 1));
};
