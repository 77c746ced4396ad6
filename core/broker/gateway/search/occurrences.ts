import { fold, isTokenAt, isTokenBefore } from './fold.ts';
import type { TextUnit } from './text-units.ts';

/** Where terms occur in a text. */
export interface Occurrences {
  /** Ascending offsets at which the term begins, as a whole token. */
  of(term: string): Iterable<number>;
}

/** A term is looked at in so many places of one text; those of a text made of one letter end there. */
const MOST_PLACES = 20_000;

/**
 * Folds a text once for many terms. Offsets are exact where folding keeps a unit's length, as it nearly
 * always does, and never leave the unit.
 */
export const makeOccurrences = (text: string, units: readonly TextUnit[]): Occurrences => {
  const folded = fold(units.map(({ start, end }) => text.slice(start, end)).join('\n'));

  function* find(term: string): Generator<number> {
    let unit = 0;
    let unitFrom = 0;
    let unitTo = folded.indexOf('\n');
    let at = folded.indexOf(term);
    for (let places = 0; at !== -1 && places < MOST_PLACES; places += 1) {
      while (unitTo !== -1 && unitTo < at) {
        unit += 1;
        unitFrom = unitTo + 1;
        unitTo = folded.indexOf('\n', unitFrom);
      }
      const here = units[unit];
      if (here === undefined) return;
      if (!isTokenBefore(folded, at) && !isTokenAt(folded, at + term.length))
        yield Math.min(here.start + (at - unitFrom), Math.max(here.start, here.end - 1));
      at = folded.indexOf(term, at + term.length);
    }
  }

  return Object.freeze({ of: (term: string) => (term === '' ? [] : find(term)) });
};
