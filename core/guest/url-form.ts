import { decodeUtf8 } from './decode-utf8.ts';
import { percentDecode } from './url-encode.ts';

export type Pair = [name: string, value: string];

/** `application/x-www-form-urlencoded`, parsed (URL §5.1). */
export const parseForm = (text: string): Pair[] =>
  text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0
        ? [fromForm(part), '']
        : [fromForm(part.slice(0, at)), fromForm(part.slice(at + 1))];
    });

/** …and serialised (URL §5.2). */
export const formText = (pairs: readonly Pair[]): string =>
  pairs.map(([name, value]) => `${toForm(name)}=${toForm(value)}`).join('&');

const fromForm = (text: string): string => decodeEscapes(text.replaceAll('+', ' '));

/** Native where the escapes are in order, else byte for byte with U+FFFD for what is broken. */
const decodeEscapes = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return decodeUtf8(percentDecode(encodeURI(text).replaceAll('%25', '%')), false);
  }
};

const toForm = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
