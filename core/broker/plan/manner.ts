import type { JsonObject } from '../../vocabulary/json.ts';
import type { Token } from './intent-tokens.ts';

const NUMBERS: readonly string[] =
  'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const MOST_SENTENCES = 40;
const SHORT = 3;
const LONG = 12;

const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['briefly', SHORT],
  ['shortly', SHORT],
  ['concisely', SHORT],
  ['in brief', SHORT],
  ['in short', SHORT],
  ['in detail', LONG],
  ['in depth', LONG],
  ['thoroughly', LONG],
]);
const ADJECTIVES: ReadonlyMap<string, number | undefined> = new Map([
  ['brief', SHORT],
  ['short', SHORT],
  ['concise', SHORT],
  ['detailed', LONG],
  ['long', LONG],
  ['thorough', LONG],
  ['full', LONG],
  ['quick', SHORT],
  ['nice', undefined],
  ['good', undefined],
]);

/** A product's name may follow at once: `a short summary`. */
export const isAdjective = (word: string): boolean => ADJECTIVES.has(word);

/** Words that say how, and may stand before a verb: `briefly summarize`. */
export const isManner = (word: string): boolean => LENGTHS.has(word);

export interface Manner {
  /** How many sentences are asked for; empty where nothing is said. */
  readonly length: JsonObject;
  /** The words without those that say how long. */
  readonly rest: readonly Token[];
}

/**
 * How long a summary is asked to be: `in 3 sentences`, `briefly`, `in detail`, `a short summary`.
 * @param products words that an adjective may stand before
 */
export const takeManner = (words: readonly Token[], products: ReadonlySet<string>): Manner => {
  for (const [at] of words.entries()) {
    const found = sentencesAt(words, at) ?? lengthAt(words, at) ?? adjectiveAt(words, at, products);
    if (found === undefined) continue;
    const rest = [...words.slice(0, at), ...words.slice(at + found.takes)];
    return { length: { sentences: found.sentences }, rest };
  }
  return { length: {}, rest: words };
};

interface Found {
  readonly sentences: number;
  readonly takes: number;
}

// `in 3 sentences`, `in one sentence`, `in a few sentences`
const sentencesAt = (words: readonly Token[], start: number): Found | undefined => {
  let at = start;
  if (isWord(words[at], /^in$/)) at += 1;
  if (isWord(words[at], /^(?:about|at)$/)) at += isWord(words[at + 1], /^most$/) ? 2 : 1;
  const isSome = isWord(words[at], /^a$/) && isWord(words[at + 1], /^(?:few|couple)$/);
  const number = isSome ? SHORT : numberOf(words[at]);
  if (isSome) at += isWord(words[at + 2], /^of$/) ? 3 : 2;
  else at += 1;
  if (number === undefined || number < 1 || number > MOST_SENTENCES) return undefined;
  if (!isWord(words[at], /^sentences?$/)) return undefined;
  return { sentences: number, takes: at + 1 - start };
};

const numberOf = (token: Token | undefined): number | undefined => {
  if (token?.kind !== 'word') return undefined;
  if (/^\d{1,2}$/.test(token.lower)) return Number(token.lower);
  if (token.lower === 'a' || token.lower === 'single') return 1;
  const named = NUMBERS.indexOf(token.lower);
  return named === -1 ? undefined : named + 1;
};

const lengthAt = (words: readonly Token[], at: number): Found | undefined => {
  for (const takes of [2, 1]) {
    const phrase = words.slice(at, at + takes);
    if (phrase.some(({ kind }) => kind !== 'word')) continue;
    const sentences = LENGTHS.get(phrase.map(({ lower }) => lower).join(' '));
    if (sentences !== undefined) return { sentences, takes };
  }
  return undefined;
};

const adjectiveAt = (
  words: readonly Token[],
  at: number,
  products: ReadonlySet<string>,
): Found | undefined => {
  const [adjective, noun] = [words[at], words[at + 1]];
  if (adjective?.kind !== 'word' || noun?.kind !== 'word' || !products.has(noun.lower)) return;
  const sentences = ADJECTIVES.get(adjective.lower);
  return sentences === undefined ? undefined : { sentences, takes: 1 };
};

const isWord = (token: Token | undefined, pattern: RegExp): boolean =>
  token?.kind === 'word' && pattern.test(token.lower);
