// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII as a whole
const ASCII = /^[\x00-\x7f]*$/;
const DIACRITICS = /[\u0300-\u036f]/g;
const TOKENS = /[\p{L}\p{N}\p{Co}]+/gu;
const TOKEN_CHARACTER = /^[\p{L}\p{N}\p{Co}]/u;

/**
 * Text as the index compares it: lower case, no diacritics (FTS5's unicode61 with remove_diacritics 2).
 * Line feeds keep their number and order; ASCII text keeps every position.
 */
export const fold = (text: string): string =>
  ASCII.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFD')
        .replace(DIACRITICS, '')
        .normalize('NFC')
        .toLowerCase()
        .replace(DIACRITICS, '')
        .replaceAll('ς', 'σ');

/** The tokens of a text in order: runs of letters, numbers and private-use characters, folded. */
export const tokens = (text: string): readonly string[] => fold(text).match(TOKENS) ?? [];

/** True when the character (of one or two units) that begins at, or ends before, an offset is part of a token. */
export const isTokenAt = (text: string, offset: number): boolean =>
  offset < text.length && isToken(text.codePointAt(offset) ?? 0);

export const isTokenBefore = (text: string, offset: number): boolean => {
  if (offset <= 0) return false;
  const unit = text.charCodeAt(offset - 1);
  const pair = unit >= 0xdc00 && unit <= 0xdfff && offset > 1;
  return isToken(pair ? (text.codePointAt(offset - 2) ?? 0) : unit);
};

const isToken = (point: number): boolean => {
  if (point < 0x80) {
    const letter = point | 0x20;
    return (letter >= 0x61 && letter <= 0x7a) || (point >= 0x30 && point <= 0x39);
  }
  return TOKEN_CHARACTER.test(String.fromCodePoint(point));
};
