import { tokens } from './fold.ts';
import { STOP_WORDS } from './stop-words.ts';

const MOST_QUERY_CHARACTERS = 1000;
export const MOST_QUERY_TERMS = 32;

/**
 * The distinct terms of a query, in order. The text is data: whatever operators it holds are separators
 * here. Common English words go where other terms remain; the rest is cut at 1000 characters and 32 terms.
 */
export const queryTerms = (text: string): readonly string[] => {
  const distinct = [...new Set(tokens(withinLength(text)))];
  const telling = distinct.filter((term) => !STOP_WORDS.has(term));
  return (telling.length > 0 ? telling : distinct).slice(0, MOST_QUERY_TERMS);
};

// A word that the cut would split is dropped: half a word is a term that nobody wrote.
const withinLength = (text: string): string =>
  text.length <= MOST_QUERY_CHARACTERS
    ? text
    : text
        .slice(0, MOST_QUERY_CHARACTERS + 1)
        .replace(/\S{1,100}$/u, '')
        .slice(0, MOST_QUERY_CHARACTERS);
