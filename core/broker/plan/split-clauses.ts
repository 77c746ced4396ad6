import type { Token } from './intent-tokens.ts';
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
    "please kindly can could would will you i i'd we we'd want need like to let lets let's help me us " +
    'then also now first finally afterwards next just go ahead'
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
      clauses.push({ verb: begun.verb, word: begun.word, rest: [] });
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

const beginningAt = (
  tokens: readonly Token[],
  start: number,
): { readonly verb: Verb; readonly word: string; readonly next: number } | undefined => {
  let at = start;
  while (tokens[at]?.kind === 'word' && COURTESIES.has(tokens[at]?.lower ?? '')) at += 1;
  const words: string[] = [];
  for (const token of tokens.slice(at, at + 3)) {
    if (token.kind !== 'word') break;
    words.push(token.lower);
  }
  const found = verbAt(words);
  if (found === undefined) return undefined;
  const word = words.slice(0, found.length).join(' ');
  return { verb: found.verb, word, next: at + found.length };
};

const isBetween = ({ kind, lower }: Token): boolean =>
  kind === 'mark' || (kind === 'word' && CONNECTIVES.has(lower));

const dropConnectives = (rest: Token[]): void => {
  for (let last = rest.at(-1); last !== undefined && isBetween(last); last = rest.at(-1))
    rest.pop();
};

const noVerb = (): Unplannable =>
  new Unplannable(
    'the intent does not begin with something to do',
    'begin with a verb: find, read, summarize, report on, write, save or overwrite',
  );
