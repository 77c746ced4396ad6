import type { JsonObject, JsonValue } from './json.ts';

/**
 * One byte form for one JSON value, so that it can be hashed: keys sorted by code point at every level,
 * `,` and `:` without spaces, everything outside space..~ as lowercase \uXXXX.
 * Equal to Python's `json.dumps(v, sort_keys=True, separators=(",", ":"))` for strings, booleans, null,
 * integers and plain floats in 1e-4..1e15 (wire contract section 16).
 * @throws RangeError for a number that the two languages would print differently
 */
export const canonicalJson = (value: JsonValue): string => {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return printNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      return Array.isArray(value)
        ? `[${value.map(canonicalJson).join(',')}]`
        : printObject(value as JsonObject);
  }
};

const printObject = (object: JsonObject): string => {
  const keys = Object.keys(object).sort(byCodePoint);
  return `{${keys.map((key) => `${quote(key)}:${canonicalJson(object[key] ?? null)}`).join(',')}}`;
};

// JSON.stringify already escapes quotes, backslash, control characters and lone surrogates as Python does;
// what is left is DEL and everything beyond ASCII, one UTF-16 unit at a time.
const quote = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const printNumber = (value: number): string => {
  if (!isPortableNumber(value)) {
    throw new RangeError(`number \`${value}\` has no portable canonical form`);
  }
  return String(value);
};

/** True for a number that JavaScript and Python print alike, so that it has a canonical form. */
export const isPortableNumber = (value: number): boolean => {
  const size = Math.abs(value);
  return Number.isInteger(value)
    ? size <= Number.MAX_SAFE_INTEGER && !Object.is(value, -0)
    : size >= 1e-4 && size < 1e15;
};

/** Orders two strings by code point; the language's own order is by UTF-16 unit. */
export const byCodePoint = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return surrogateLast(x) - surrogateLast(y);
  }
  return a.length - b.length;
};

// Surrogates stand for code points above U+FFFF, so they sort behind U+E000..U+FFFF.
const surrogateLast = (unit: number): number =>
  unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
