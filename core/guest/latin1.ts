import { apply, fromCharCode } from './primordials.ts';

// As many arguments as a call takes for certain.
const CHUNK = 8192;

/** One character a byte. The loop is in native code, as this engine compiles none. */
export const bytesToLatin1 = (bytes: Uint8Array<ArrayBuffer>): string => {
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    text += apply(fromCharCode, undefined, bytes.subarray(start, start + CHUNK) as unknown as []);
  }
  return text;
};
