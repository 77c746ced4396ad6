import type { JsonValue } from '../json.ts';

// The text is hostile. JSON.parse would take the last of two equal keys, recurse as deep as it is told and
// keep lone surrogates; a reader of the same bytes may understand something else (attacks 36, 49, 170). So
// equal keys, more than MAX_DEPTH levels, numbers beyond a double and lone surrogates are refused, and
// objects have no prototype.
const MAX_DEPTH = 32;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANK = /[ \t\n\r]*/y;
const LITERALS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/**
 * One JSON text, strictly.
 * @throws what `unusable` makes of the remedy, for a text that is refused
 */
export const readJson = (text: string, unusable: (remedy: string) => Error): JsonValue => {
  let position = 0;

  const take = (pattern: RegExp): string => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0] ?? '';
    position += found.length;
    return found;
  };
  const next = (expected: string): boolean => {
    take(BLANK);
    if (text[position] !== expected) return false;
    position += 1;
    return true;
  };

  const readValue = (depth: number): JsonValue => {
    if (depth > MAX_DEPTH) throw unusable(`nest at most ${MAX_DEPTH} levels`);
    if (next('{')) return readObject(depth);
    if (next('[')) return readArray(depth);
    if (text[position] === '"') return readString();
    for (const [word, value] of LITERALS) {
      if (text.startsWith(word, position)) {
        position += word.length;
        return value;
      }
    }
    const number = take(NUMBER);
    if (number === '') throw unusable('send one JSON text');
    const value = Number(number);
    if (!Number.isFinite(value)) throw unusable('send numbers that a double can hold');
    return value;
  };

  const readObject = (depth: number): JsonValue => {
    const object: Record<string, JsonValue> = Object.create(null);
    if (next('}')) return object;
    do {
      take(BLANK);
      const key = readString();
      if (Object.hasOwn(object, key)) throw unusable('send each key once');
      if (!next(':')) throw unusable('send one JSON text');
      object[key] = readValue(depth + 1);
    } while (next(','));
    if (!next('}')) throw unusable('send one JSON text');
    return object;
  };

  const readArray = (depth: number): JsonValue => {
    const array: JsonValue[] = [];
    if (next(']')) return array;
    do array.push(readValue(depth + 1));
    while (next(','));
    if (!next(']')) throw unusable('send one JSON text');
    return array;
  };

  const readString = (): string => {
    const start = position;
    if (text[position] !== '"') throw unusable('send one JSON text');
    position += 1;
    while (position < text.length && text[position] !== '"') {
      position += text[position] === '\\' ? 2 : 1;
    }
    position += 1;
    const value = decodeString(text.slice(start, position));
    if (value === undefined) throw unusable('send one JSON text');
    if (!value.isWellFormed()) throw unusable('send text without lone surrogates');
    return value;
  };

  const value = readValue(1);
  take(BLANK);
  if (position !== text.length) throw unusable('send one JSON text');
  return value;
};

const decodeString = (token: string): string | undefined => {
  try {
    return JSON.parse(token) as string;
  } catch {
    return undefined;
  }
};
