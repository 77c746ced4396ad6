import { isQuotedPath, type Token } from './intent-tokens.ts';

/** A clause's words, sorted by what they name. */
export interface ClauseParts {
  /** The path after `to`, `into` or `as`. */
  readonly target: string | undefined;
  /** Every other path, in order. */
  readonly paths: readonly string[];
  /** The text of every quote that is no path. */
  readonly quotes: readonly string[];
  readonly urls: readonly string[];
  /** The words that remain, without the prepositions of paths. */
  readonly words: readonly Token[];
}

const TO = new Set(['to', 'into', 'as', 'onto']);
const IN = new Set(['in', 'inside', 'within', 'under', 'from', 'at', 'through']);
const BEFORE_PATHS = new Set([...TO, ...IN, 'of', 'on', 'about', 'with', 'by', 'for']);

interface PathRules {
  /** The ids of workspaces, which are folders where a preposition stands before them. */
  readonly workspaces: ReadonlySet<string>;
  /** True for verbs that write what is named after `in` and `at` too: `save it in outputs/a.md`. */
  readonly writes?: boolean;
  /** Which quotes without a preposition can be paths; in every other place they are texts. */
  readonly quotedPaths?: 'all' | 'first';
}

/** Sorts the words of a clause. A quote counts as a path only where a preposition or nothing else makes it one. */
export const clauseParts = (rest: readonly Token[], rules: PathRules): ClauseParts => {
  const paths: string[] = [];
  const words: Token[] = [];
  const quotes: string[] = [];
  const urls: string[] = [];
  let target: string | undefined;
  rest.forEach((token, index) => {
    const before = rest[index - 1];
    const preposition = before?.kind === 'word' ? before.lower : '';
    const placed = TO.has(preposition) || IN.has(preposition);
    const bare = rules.quotedPaths === 'all' || (rules.quotedPaths === 'first' && index === 0);
    const isFolder = token.kind === 'word' && rules.workspaces.has(token.text);
    const isPath =
      token.kind === 'path' ||
      (isFolder && (placed || index === 0)) ||
      (isQuotedPath(token) && (placed || bare));
    if (isPath) {
      if (BEFORE_PATHS.has(preposition) && words.at(-1) === before) words.pop();
      const writesHere = rules.writes && (preposition === 'in' || preposition === 'at');
      if ((TO.has(preposition) || writesHere) && target === undefined) target = token.text;
      else paths.push(token.text);
    } else if (token.kind === 'url') urls.push(token.text);
    else if (token.kind === 'quote') {
      quotes.push(token.text);
      words.push(token);
    } else words.push(token);
  });
  return { target, paths, quotes, urls, words };
};
