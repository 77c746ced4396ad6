import { pickSentences } from '../text/pick-sentences.ts';
import type { Sentence } from '../text/sentences.ts';
import { placeOf } from './citation.ts';
import { coverageOf, statementOf } from './on-topic.ts';
import type { Source } from './source.ts';

/** A sentence that a report quotes. */
export interface Quote {
  readonly sentence: Sentence;
  /** The other places where the same sentence stands. */
  readonly alsoAt: string[];
}

/** A source and what a report quotes of it. */
export interface Quoted {
  readonly source: Source;
  readonly quotes: readonly Quote[];
  /** Sentences on the topic that are not quoted, and those that a source before this one is quoted with. */
  readonly more: number;
  readonly repeated: number;
  /** True where a whole sentence of the source names the topic. */
  readonly onTopic: boolean;
}

export interface Quoter {
  /** Quotes a source, at most so many sentences; sources that come earlier come first in the report. */
  add(source: Source, most: number): void;
  finish(): readonly Quoted[];
}

/** So many sources are quoted even where their sentences do not name the topic. */
const LEAST_SOURCES = 3;
const MOST_CANDIDATES = 4_000;
const MOST_PLACES = 5;
const UNSURE = 0.5;

/** Picks what a report quotes. No sentence is quoted twice: near copies of a text say most things alike. */
export const makeQuoter = (topic: ReadonlySet<string>): Quoter => {
  const known = new Map<string, Quote>();
  const quoted: Quoted[] = [];

  const add = (source: Source, most: number): void => {
    const pool = source.quotable.slice(0, MOST_CANDIDATES);
    const naming = onTopicOf(pool, topic);
    const fresh = (naming.length > 0 ? naming : pool).filter(({ text }) => !known.has(keyOf(text)));
    const repeated = [...naming].filter((sentence) => note(source, sentence)).length;
    const quotes = pick(fresh, naming.length > 0 ? most : 1).map(toQuote);
    const more = naming.length === 0 ? 0 : fresh.length - quotes.length;
    quoted.push({ source, quotes, more, repeated, onTopic: naming.length > 0 });
  };

  const pick = (sentences: readonly Sentence[], count: number): readonly Sentence[] =>
    pickSentences(
      sentences.map(({ text, edge }) => ({
        text,
        source: 0,
        factor: (edge ? UNSURE : 1) * statementOf(text, topic),
      })),
      { count, topic },
    ).flatMap((index) => sentences[index] ?? []);

  // Notes the place of a sentence that is quoted already.
  const note = (source: Source, sentence: Sentence): boolean => {
    const quote = known.get(keyOf(sentence.text));
    if (quote === undefined) return false;
    if (quote.alsoAt.length < MOST_PLACES) quote.alsoAt.push(placeOf(source.path, sentence));
    return true;
  };

  const toQuote = (sentence: Sentence): Quote => {
    const quote: Quote = { sentence, alsoAt: [] };
    known.set(keyOf(sentence.text), quote);
    return quote;
  };

  return Object.freeze({ add, finish: () => withLeast(quoted) });
};

// Of a topic of several words, sentences that name one of them are quoted only where none names more.
const onTopicOf = (
  sentences: readonly Sentence[],
  topic: ReadonlySet<string>,
): readonly Sentence[] => {
  const covered = sentences.map(({ text }) => coverageOf(text, topic));
  const most = Math.max(0, ...covered);
  return most === 0 ? [] : sentences.filter((_, index) => (covered[index] ?? 0) > most / 2);
};

const keyOf = (text: string): string => text.toLowerCase();

// A search also finds files by words that stand in a heading or in a cut sentence. Such a file is quoted
// only while there are too few others; else it is named among what was left out.
const withLeast = (choices: readonly Quoted[]): readonly Quoted[] => {
  let missing = LEAST_SOURCES - choices.filter(({ onTopic }) => onTopic).length;
  return choices.map((choice) => {
    if (choice.onTopic || choice.quotes.length === 0) return choice;
    missing -= 1;
    return missing >= 0 ? choice : { ...choice, quotes: [] };
  });
};
