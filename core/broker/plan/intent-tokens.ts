/** One piece of an intent, in the words of the person who wrote it. */
export interface Token {
  /** `json` is one whole object; a word may be `name="some text"`. */
  readonly kind: 'word' | 'path' | 'url' | 'quote' | 'mark' | 'json';
  /** What it says: a quote without its marks, a word without the punctuation around it. */
  readonly text: string;
  /** For comparing words. */
  readonly lower: string;
}

const QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['\u201c', '\u201d'],
  ['\u2018', '\u2019'],
  ['\u00ab', '\u00bb'],
]);
const EXTENSION =
  /\.(?:cfg|conf|csv|docx?|html?|ini|json|log|md|odt|org|pdf|rst|rtf|tex|toml|tsv|txt|xml|ya?ml)$/i;

/**
 * The words, quotes, paths and addresses of an intent, and the marks between them. Linear in the intent;
 * `workspaces` tells paths (`notes/a`) from words (`and/or`).
 */
export const intentTokens = (intent: string, workspaces: ReadonlySet<string>): readonly Token[] => {
  const tokens: Token[] = [];
  const unclosed = new Set<string>();
  let at = 0;
  while (at < intent.length) {
    const quote = quoteAt(intent, at, unclosed);
    if (quote !== undefined) {
      tokens.push(token('quote', quote));
      at += quote.length + 2;
      continue;
    }
    const argument = objectAt(intent, at) ?? quotedPairAt(intent, at, unclosed);
    if (argument !== undefined) {
      tokens.push(argument);
      at += argument.text.length;
      continue;
    }
    const end = chunkEnd(intent, at);
    if (end > at) tokens.push(...chunkTokens(intent.slice(at, end), workspaces));
    at = Math.max(end, at + 1);
  }
  return tokens;
};

const token = (kind: Token['kind'], text: string): Token => ({
  kind,
  text,
  lower: text.toLowerCase().replaceAll('\u2019', "'"),
});

// A quote opens where a word could begin and closes where one could end: an apostrophe is neither. A mark that
// was once searched for in vain is not searched for again, or a row of them would cost the square of its length.
const quoteAt = (intent: string, at: number, unclosed: Set<string>): string | undefined => {
  return /^[\s([]?$/.test(intent[at - 1] ?? '') ? closedQuote(intent, at, unclosed) : undefined;
};

const closedQuote = (intent: string, at: number, unclosed: Set<string>): string | undefined => {
  const close = QUOTES.get(intent[at] ?? '');
  if (close === undefined || unclosed.has(close)) return undefined;
  for (let end = intent.indexOf(close, at + 1); end !== -1; end = intent.indexOf(close, end + 1)) {
    if (/^[\s.,;:!?)\]]?$/.test(intent[end + 1] ?? '')) return intent.slice(at + 1, end);
  }
  unclosed.add(close);
  return undefined;
};

const MOST_OBJECTS_TRIED = 16;

// A JSON object stands where a word could begin and ends at its own last brace. Braces inside its texts are no
// braces; how it is read further is the business of who gets it.
const objectAt = (intent: string, at: number): Token | undefined => {
  if (intent[at] !== '{' || !/^\s?$/.test(intent[at - 1] ?? '')) return undefined;
  let tried = 0;
  for (let end = intent.indexOf('}', at); end !== -1; end = intent.indexOf('}', end + 1)) {
    tried += 1;
    if (tried > MOST_OBJECTS_TRIED) return undefined;
    const text = intent.slice(at, end + 1);
    if (isObject(text)) return token('json', text);
  }
  return undefined;
};

const isObject = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** `name="some text"` is one word. */
const quotedPairAt = (intent: string, at: number, unclosed: Set<string>): Token | undefined => {
  if (!/^\s?$/.test(intent[at - 1] ?? '')) return undefined;
  const name = /^[A-Za-z][A-Za-z0-9_]{0,63}=(?=["'])/.exec(intent.slice(at, at + 66))?.[0];
  if (name === undefined) return undefined;
  const quoted = closedQuote(intent, at + name.length, unclosed);
  const mark = intent[at + name.length];
  return quoted === undefined ? undefined : token('word', `${name}${mark}${quoted}${mark}`);
};

const chunkEnd = (intent: string, at: number): number => {
  let end = at;
  while (end < intent.length && !/\s/.test(intent[end] ?? '')) end += 1;
  return end;
};

const chunkTokens = (chunk: string, workspaces: ReadonlySet<string>): readonly Token[] => {
  const body = chunk.replace(/^[([{]+/, '');
  const closing = /[,;:!?)\]}]*$/.exec(body)?.[0] ?? '';
  let text = body.slice(0, body.length - closing.length);
  let marks = closing.replace(/[)\]}]/g, '');
  // One full stop ends a sentence; a name that is all dots, or ends in two, is left for the resolver to refuse.
  if (/[^./]\.$/.test(text)) {
    text = text.slice(0, -1);
    marks = `.${marks}`;
  }
  const tokens = text === '' ? [] : [token(kindOf(text, workspaces), text)];
  return marks === '' ? tokens : [...tokens, token('mark', marks)];
};

const kindOf = (text: string, workspaces: ReadonlySet<string>): Token['kind'] => {
  if (/^https?:\/\//i.test(text)) return 'url';
  if (!text.includes('/')) return EXTENSION.test(text) && !text.includes('@') ? 'path' : 'word';
  const first = text.split('/', 1)[0] ?? '';
  const looksLikeWords = /^[\p{L}]+(?:\/[\p{L}]+)+$/u.test(text) && !workspaces.has(first);
  return looksLikeWords ? 'word' : 'path';
};

/** True for a quote in a path's place that can only mean a file: `to "outputs/my notes.md"`. */
export const isQuotedPath = ({ kind, text }: Token): boolean =>
  kind === 'quote' &&
  text.length <= 4096 &&
  !text.includes('\n') &&
  /[^\s]\/|\.\w{1,5}$/.test(text);
