import type { Token } from './intent-tokens.ts';
import { isAdjective, isManner } from './manner.ts';
import { productOf } from './products.ts';
import { Unplannable } from './unplannable.ts';
import { type Verb, verbAt } from './verbs.ts';

/** One thing that is asked for: a verb and what follows it. */
export interface Clause {
  readonly verb: Verb;
  /** The verb as it was written, for messages. */
  readonly word: string;
  readonly rest: readonly Token[];
}

const CONNECTIVES = new Set(['and', 'then', '&', 'or', 'also', 'finally', 'afterwards', 'next']);
const COURTESIES = new Set(
  (
    "please kindly can could would will you i i'd we we'd want need like to let lets let's help give get me us " +
    'then also now first finally afterwards next just go ahead hi hello hey so ok okay'
  ).split(' '),
);

/**
 * The clauses of an intent. A new one begins at the start, after a mark or after a connective, and only where a
 * verb stands; so `find notes and recipes` is one clause and `find notes and write a report` two.
 * @throws Unplannable where something stands before the first verb: nothing is dropped in silence
 */
export const splitClauses = (tokens: readonly Token[]): readonly Clause[] => {
  const clauses: { verb: Verb; word: string; rest: Token[] }[] = [];
  let at = 0;
  let mayBegin = true;
  while (at < tokens.length) {
    const begun = mayBegin ? beginningAt(tokens, at) : undefined;
    if (begun !== undefined) {
      dropConnectives(clauses.at(-1)?.rest ?? []);
      clauses.push({ verb: begun.verb, word: begun.word, rest: [...begun.manner] });
      at = begun.next;
      mayBegin = false;
      continue;
    }
    const token = tokens[at];
    if (token === undefined) break;
    const current = clauses.at(-1);
    if (current !== undefined) current.rest.push(token);
    else if (!isBetween(token)) throw noVerb();
    mayBegin = isBetween(token);
    at += 1;
  }
  if (clauses.length === 0) throw noVerb();
  for (const { rest } of clauses) dropConnectives(rest);
  return clauses;
};

interface Beginning {
  readonly verb: Verb;
  readonly word: string;
  /** What stood before the verb and says how: `briefly summarize`. */
  readonly manner: readonly Token[];
  readonly next: number;
}

// A verb comes before a courtesy, so that `give access` stays what it is beside `give me a summary`.
const beginningAt = (tokens: readonly Token[], start: number): Beginning | undefined => {
  const manner: Token[] = [];
  for (let at = start; ; at += 1) {
    const words = wordsFrom(tokens, at);
    const found = verbAt(words);
    if (found !== undefined && mayStand(found.verb, tokens, start, at + found.length)) {
      const word = words.slice(0, found.length).join(' ');
      return { verb: found.verb, word, manner, next: at + found.length };
    }
    if (isProductAt(tokens, at, at > start))
      return { verb: { kind: 'make' }, word: 'make', manner, next: at };
    const token = tokens[at];
    if (token?.kind === 'word' && isManner(token.lower)) manner.push(token);
    else if (token?.kind !== 'word' || !COURTESIES.has(token.lower)) return undefined;
  }
};

const wordsFrom = (tokens: readonly Token[], start: number): readonly string[] => {
  const words: string[] = [];
  for (const token of tokens.slice(start, start + 3)) {
    if (token.kind !== 'word') break;
    words.push(token.lower);
  }
  return words;
};

// In the middle of an intent `what` and `move` are most often words of a topic. A question begins there only
// after the end of a sentence, and what the agent cannot do only where it is clearly done to something.
const mayStand = (verb: Verb, tokens: readonly Token[], start: number, next: number): boolean => {
  const before = tokens[start - 1];
  if (before === undefined) return true;
  const isNewSentence = before.kind === 'mark' && /[.?!;]/.test(before.text);
  switch (verb.kind) {
    case 'question':
      return isNewSentence;
    case 'unable': {
      const after = tokens[next];
      const isDone =
        after?.kind === 'path' ||
        /^(?:it|them|the|that|this|these|those|both)$/.test(after?.lower ?? '');
      return isNewSentence || isDone;
    }
    default:
      return true;
  }
};

// `give me a short summary of it`, `a report on backups`; but `the report` alone asks for nothing.
const isProductAt = (tokens: readonly Token[], start: number, asked: boolean): boolean => {
  let at = start;
  const article = tokens[at]?.lower ?? '';
  if (article === 'a' || article === 'an' || (asked && article === 'the')) at += 1;
  while (tokens[at]?.kind === 'word' && isAdjective(tokens[at]?.lower ?? '')) at += 1;
  const noun = tokens[at];
  return at > start && noun?.kind === 'word' && productOf(noun.lower) !== undefined;
};

const isBetween = ({ kind, lower }: Token): boolean =>
  kind === 'mark' || (kind === 'word' && CONNECTIVES.has(lower));

const dropConnectives = (rest: Token[]): void => {
  for (let last = rest.at(-1); last !== undefined && isBetween(last); last = rest.at(-1))
    rest.pop();
};

/** An intent that asks for nothing that could be planned. */
export const noVerb = (): Unplannable =>
  new Unplannable(
    'the intent does not begin with something to do',
    'begin with a verb: find, read, summarize, report on, write, save or overwrite; ' +
      'or ask what the documents say: what do the documents say about backups?',
  );
