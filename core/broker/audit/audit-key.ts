import { AgentError } from '../../vocabulary/errors.ts';

const MIN_BYTES = 32;
const MAX_BYTES = 4096;

/**
 * The HMAC key in a key file: white space trimmed where all bytes are printable, else the bytes as
 * they are; hex text is used as text (wire contract section 16).
 * @throws AgentError configuration
 */
export const parseAuditKey = (bytes: Uint8Array): Uint8Array => {
  const key = bytes.every(isPrintable) ? trimmed(bytes) : bytes;
  if (bytes.length > MAX_BYTES || key.length < MIN_BYTES) {
    throw new AgentError({
      code: 'configuration',
      message: `audit key: expected ${MIN_BYTES} to ${MAX_BYTES} bytes`,
      remedy: 'write a random key of 32 bytes or more into the audit key file',
    });
  }
  return Uint8Array.from(key);
};

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
const isPrintable = (byte: number): boolean => isSpace(byte) || (byte > 0x20 && byte < 0x7f);

const trimmed = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex((byte) => !isSpace(byte));
  return first === -1
    ? new Uint8Array(0)
    : bytes.subarray(first, bytes.findLastIndex((byte) => !isSpace(byte)) + 1);
};
