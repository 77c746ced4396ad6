import { bytesToLatin1 } from './latin1.ts';

interface Base64Array {
  fromBase64(text: string): Uint8Array<ArrayBuffer>;
}
const bytesClass = Uint8Array as unknown as Base64Array;

/** Base64 to a string of one character a byte (HTML §8.3). */
export const atob = (text: string): string => {
  try {
    return bytesToLatin1(bytesClass.fromBase64(String(text)));
  } catch {
    throw invalidCharacter('the text is not base64');
  }
};

/** A string of characters below 256 to base64 (HTML §8.3). */
export const btoa = (text: string): string => {
  const characters = String(text);
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < characters.length; index += 1) {
    const code = characters.charCodeAt(index);
    if (code > 0xff) throw invalidCharacter('the text has a character above 255');
    bytes[index] = code;
  }
  return (bytes as unknown as { toBase64(): string }).toBase64();
};

const invalidCharacter = (message: string): Error => {
  const error = new Error(message);
  error.name = 'InvalidCharacterError';
  return error;
};
