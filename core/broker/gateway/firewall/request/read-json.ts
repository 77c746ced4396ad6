/** A JSON text as it stands: members in order and none lost, numbers as their literals. */
export type JsonNode =
  | null
  | boolean
  | string
  | { readonly literal: string }
  | { readonly items: readonly JsonNode[] }
  | { readonly members: readonly (readonly [string, JsonNode])[] };

type Open =
  | { readonly items: JsonNode[] }
  | { readonly members: [string, JsonNode][]; key: string };

const DEEPEST = 10_000;
const BLANK = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const TEXT = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const WORDS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/**
 * Reads one JSON text the way the peer does; undefined for what it refuses. Broken UTF-8 and lone surrogates
 * become U+FFFD, as they do there.
 */
export const readJson = (bytes: Uint8Array): JsonNode | undefined => {
  // Anyone with the token writes these bytes. JSON.parse would hide what the rules are about: the literal of
  // a number, a name that stands twice. Open values lie on a list of ours, so depth costs no stack.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const open: Open[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const next = (expected: string): boolean => {
    take(BLANK);
    if (text[at] !== expected) return false;
    at += 1;
    return true;
  };
  const readText = (): string | undefined => {
    const token = take(TEXT);
    return token === undefined ? undefined : String(JSON.parse(token)).toWellFormed();
  };
  const readKey = (object: { key: string }): boolean => {
    take(BLANK);
    const key = readText();
    object.key = key ?? '';
    return key !== undefined && next(':');
  };

  for (;;) {
    let value: JsonNode | undefined;
    if (next('[')) {
      const list = { items: [] };
      if (!next(']')) {
        if (open.push(list) > DEEPEST) return undefined;
        continue;
      }
      value = list;
    } else if (next('{')) {
      const object = { members: [], key: '' };
      if (!next('}')) {
        if (open.push(object) > DEEPEST || !readKey(object)) return undefined;
        continue;
      }
      value = object;
    } else {
      value = readPlain();
      if (value === undefined) return undefined;
    }
    // The value is whole: it belongs to what is open, and may be the last that this one lacked.
    for (;;) {
      const inner = open.at(-1);
      if (inner === undefined) {
        take(BLANK);
        return at === text.length ? value : undefined;
      }
      if ('items' in inner) inner.items.push(value);
      else inner.members.push([inner.key, value]);
      if (next(',')) {
        if ('key' in inner && !readKey(inner)) return undefined;
        break;
      }
      if (!next('items' in inner ? ']' : '}')) return undefined;
      open.pop();
      value = inner;
    }
  }

  function readPlain(): JsonNode | undefined {
    if (text[at] === '"') return readText();
    for (const [word, value] of WORDS) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return value;
      }
    }
    const literal = take(NUMBER);
    return literal === undefined ? undefined : { literal };
  }
};
