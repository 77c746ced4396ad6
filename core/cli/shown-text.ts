import { type JsonObject, type JsonValue, ownValue } from '../vocabulary/json.ts';

/** Columns of a line that is made here; text that is quoted may be longer where it is shown as it is. */
export const MOST_COLUMNS = 100;

// A result or intent may hold terminal escapes and invisible or bidirectional characters; a terminal must
// show them and not obey them (attacks 47, 195).
export const visible = (raw: string): string =>
  raw.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (unit) => `\\u{${(unit.codePointAt(0) ?? 0).toString(16)}}`,
  );

/** As `visible`, for a text of several lines of ours. */
export const linesVisible = (raw: string): string => raw.split('\n').map(visible).join('\n');

/** The lines of a text from outside. A tab, and a carriage return before a line end, are no threat and no news. */
export const linesOf = (raw: string): readonly string[] =>
  raw
    .replace(/\s+$/, '')
    .split(/\r?\n/)
    .map((line) => visible(line.replaceAll('\t', '    ')));

/** A value of an object as one visible line. */
export const text = (object: JsonObject, key: string): string => {
  const value: JsonValue | undefined = ownValue(object, key);
  if (typeof value === 'string') return visible(value);
  return value === undefined ? '' : JSON.stringify(value);
};

/** A line that fits: what is cut ends in a visible mark, never in half a character. */
export const fit = (line: string, columns: number = MOST_COLUMNS): string => {
  const signs = Array.from(line);
  return signs.length <= columns
    ? line
    : `${signs
        .slice(0, columns - 1)
        .join('')
        .trimEnd()}…`;
};

/** A line of words over as many lines as it takes, below each other; a word that is longer stays whole. */
export const wrap = (line: string, columns: number): readonly string[] => {
  const lines: string[] = [];
  const hang = ' '.repeat(/^\s*(?:[->] )?/.exec(line)?.[0].length ?? 0);
  let open = /^\s*/.exec(line)?.[0] ?? '';
  let isEmpty = true;
  for (const word of line.trim().split(/ +/)) {
    if (!isEmpty && open.length + 1 + word.length > columns) {
      lines.push(open);
      open = `${hang}${word}`;
    } else {
      open = isEmpty ? `${open}${word}` : `${open} ${word}`;
      isEmpty = false;
    }
  }
  return [...lines, open];
};

/** `1 file`, `2 files` */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
