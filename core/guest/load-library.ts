import { escapeBytes } from './escape-bytes.ts';
import type { library } from './library.ts';
import { evaluate } from './primordials.ts';

/** The modules of the library, linked into one function expression; set in front of this program. */
declare const libraryText: string;

type Library = typeof library;

let loaded: Library | undefined;

/**
 * The library, compiled when a step first uses some of it: even a look at its text would take a millisecond
 * and a half of each step. By then a guest has run, but all that the text refers to is locked.
 */
export const loadLibrary = (): Library => {
  loaded ??= (evaluate(libraryText) as (escapes: typeof escapeBytes) => Library)(escapeBytes);
  return loaded;
};
