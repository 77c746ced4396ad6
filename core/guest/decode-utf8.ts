import { escapeBytes } from './escape-bytes.ts';
import { apply, fromCharCode } from './primordials.ts';

const BEYOND_ASCII = /[\x80-\xff]/;
const REPLACEMENT_TEXT = '\ufffd';

/**
 * UTF-8, one character a byte, as the Encoding standard decodes it: the longest broken beginning of a
 * character becomes one U+FFFD, or with `fatal` a TypeError. What is in order takes a native path.
 */
export const decodeUtf8 = (bytes: string, fatal: boolean): string => {
  if (!BEYOND_ASCII.test(bytes)) return bytes;
  try {
    return decodeURIComponent(escapeBytes(bytes));
  } catch {
    if (fatal) throw new TypeError('the bytes are not UTF-8');
  }
  return decodeBroken(bytes);
};

const decodeBroken = (bytes: string): string => {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const { size, code } = characterAt(bytes, at);
    if (code === undefined) text += REPLACEMENT_TEXT;
    else if (code < 0x10000) text += apply(fromCharCode, undefined, [code]);
    else {
      const over = code - 0x10000;
      text += apply(fromCharCode, undefined, [0xd800 + (over >> 10), 0xdc00 + (over & 0x3ff)]);
    }
    at += size;
  }
  return text;
};

interface Character {
  /** Bytes that it takes, broken or not. */
  readonly size: number;
  readonly code: number | undefined;
  /** True where more bytes could have made it whole. */
  readonly cut: boolean;
}

/** The character that begins here. The second byte has a range of its own (Unicode, table 3-7). */
const characterAt = (bytes: string, at: number): Character => {
  const lead = bytes.charCodeAt(at);
  if (lead < 0x80) return { size: 1, code: lead, cut: false };
  if (lead < 0xc2 || lead > 0xf4) return { size: 1, code: undefined, cut: false };
  const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  let lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  let highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  let code = lead & (0x3f >> more);
  for (let taken = 1; taken <= more; taken += 1) {
    if (at + taken === bytes.length) return { size: taken, code: undefined, cut: true };
    const next = bytes.charCodeAt(at + taken);
    if (next < lowest || next > highest) return { size: taken, code: undefined, cut: false };
    code = (code << 6) | (next & 0x3f);
    lowest = 0x80;
    highest = 0xbf;
  }
  return { size: more + 1, code, cut: false };
};

/** How many bytes at the end begin a character that the next chunk may complete. */
export const incompleteTail = (bytes: string): number => {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const lead = bytes.charCodeAt(bytes.length - back);
    if (lead < 0x80) return 0;
    if (lead >= 0xc0) return characterAt(bytes, bytes.length - back).cut ? back : 0;
  }
  return 0;
};
