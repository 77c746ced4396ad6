import { byCodePoint, canonicalJson } from '../../vocabulary/canonical.ts';

const MAX_DEPTH = 64;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

interface Read {
  readonly text: string;
  readonly end: number;
}

/**
 * Compact JSON text with the keys of every object sorted and nothing else changed: numbers keep their
 * spelling (`600.0`), which a parse would lose. Undefined for white space, for a key twice, for a
 * string that is not in canonical spelling: two texts that look different never count as one.
 */
export const sortedKeys = (text: string): string | undefined => {
  const read = readValue(text, 0, 0);
  return read?.end === text.length ? read.text : undefined;
};

const readValue = (text: string, at: number, depth: number): Read | undefined => {
  if (depth > MAX_DEPTH) return undefined;
  switch (text[at]) {
    case '{':
      return readObject(text, at + 1, depth + 1);
    case '[':
      return readArray(text, at + 1, depth + 1);
    case '"':
      return readString(text, at);
    default:
      return readToken(WORD, text, at) ?? readToken(NUMBER, text, at);
  }
};

const readToken = (pattern: RegExp, text: string, at: number): Read | undefined => {
  pattern.lastIndex = at;
  const token = pattern.exec(text)?.[0];
  return token === undefined ? undefined : { text: token, end: at + token.length };
};

const readString = (text: string, at: number): Read | undefined => {
  let end = at + 1;
  while (text[end] !== '"') {
    if (end >= text.length) return undefined;
    end += text[end] === '\\' ? 2 : 1;
  }
  const token = text.slice(at, end + 1);
  return isCanonicalString(token) ? { text: token, end: end + 1 } : undefined;
};

const isCanonicalString = (token: string): boolean => {
  try {
    const value: unknown = JSON.parse(token);
    return typeof value === 'string' && canonicalJson(value) === token;
  } catch {
    return false;
  }
};

const readArray = (text: string, start: number, depth: number): Read | undefined => {
  const items: string[] = [];
  let at = start;
  if (text[at] === ']') return { text: '[]', end: at + 1 };
  for (;;) {
    const item = readValue(text, at, depth);
    if (item === undefined) return undefined;
    items.push(item.text);
    if (text[item.end] === ']') return { text: `[${items.join(',')}]`, end: item.end + 1 };
    if (text[item.end] !== ',') return undefined;
    at = item.end + 1;
  }
};

const readObject = (text: string, start: number, depth: number): Read | undefined => {
  const members = new Map<string, string>();
  let at = start;
  if (text[at] === '}') return { text: '{}', end: at + 1 };
  for (;;) {
    const key = text[at] === '"' ? readString(text, at) : undefined;
    if (key === undefined || members.has(key.text) || text[key.end] !== ':') return undefined;
    const value = readValue(text, key.end + 1, depth);
    if (value === undefined) return undefined;
    members.set(key.text, value.text);
    if (text[value.end] === '}') return { text: printMembers(members), end: value.end + 1 };
    if (text[value.end] !== ',') return undefined;
    at = value.end + 1;
  }
};

const printMembers = (members: ReadonlyMap<string, string>): string => {
  const sorted = [...members]
    .map(([key, value]) => ({ name: String(JSON.parse(key)), text: `${key}:${value}` }))
    .sort((a, b) => byCodePoint(a.name, b.name));
  return `{${sorted.map(({ text }) => text).join(',')}}`;
};
