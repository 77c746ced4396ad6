import { Buffer } from 'node:buffer';
import type { JsonValue } from '../vocabulary/json.ts';
import { violation } from './frame.ts';

/** Deeper data is refused: nothing that a step may say needs it, and recursive readers could overflow. */
export const MAX_DEPTH = 64;

/**
 * JSON text that a guest had a hand in, as data. The size is capped by bytes; the depth is capped
 * *before* `JSON.parse`, because five million `[` take it half a gigabyte (attacks 39, 49). A key
 * `__proto__` becomes an inert own property, as `JSON.parse` makes it; readers look at own ones only.
 * @throws violation
 */
export const parseGuestJson = (text: string, maxBytes: number): JsonValue => {
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes) {
    throw violation(`json of more than ${maxBytes} bytes`);
  }
  if (isDeeperThan(text, MAX_DEPTH)) throw violation(`json nested deeper than ${MAX_DEPTH}`);
  try {
    return JSON.parse(text);
  } catch {
    throw violation('malformed json');
  }
};

/**
 * True when arrays and objects nest deeper. An honest guest may say such a thing, so its readers ask
 * first and refuse it politely; for `parseGuestJson` it is a violation.
 *
 * Without a compiler a loop over every character is slow (70 ns each), so the native search does
 * what it can: few brackets cannot nest deeply, and strings are jumped over.
 */
export const isDeeperThan = (text: string, limit: number): boolean => {
  if (!hasMoreBracketsThan(text, limit)) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) i = endOfString(text, i);
    else if (unit === OPEN_ARRAY || unit === OPEN_OBJECT) depth += 1;
    else if (unit === CLOSE_ARRAY || unit === CLOSE_OBJECT) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const hasMoreBracketsThan = (text: string, limit: number): boolean => {
  let found = 0;
  for (const bracket of ['[', '{']) {
    let at = text.indexOf(bracket);
    while (at >= 0 && found <= limit) {
      found += 1;
      at = text.indexOf(bracket, at + 1);
    }
  }
  return found > limit;
};

/** The place of the quote that closes the string opened at `start`, or the end of the text. */
const endOfString = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((at - 1 - before) % 2 === 0) return at;
  }
  return text.length;
};
