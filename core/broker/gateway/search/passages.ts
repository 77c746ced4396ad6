import { bestWindows } from './best-windows.ts';
import { makeOccurrences } from './occurrences.ts';
import { scoreSentences } from './score-sentences.ts';
import type { Passage } from './search-answer.ts';
import { sentences, type WindowSize } from './sentences.ts';
import { type TextUnit, textUnits } from './text-units.ts';

export interface PassageOptions extends WindowSize {
  readonly most: number;
  /** How much each term tells; 1 for one that is not named. */
  readonly weights: ReadonlyMap<string, number>;
}

export const PASSAGE_OPTIONS: PassageOptions = {
  most: 3,
  maxLines: 12,
  maxChars: 1500,
  weights: new Map(),
};

/**
 * The best places of a text for some folded terms: whole lines, verbatim, in file order and without
 * overlap, each around the sentence that holds most of the terms and widened by its neighbours in the
 * paragraph. Of a line longer than `maxChars` a passage takes a piece. Time is linear in the text.
 */
export const passages = (
  text: string,
  terms: readonly string[],
  options: Partial<PassageOptions> = {},
): readonly Passage[] => {
  const { most, weights, ...size } = { ...PASSAGE_OPTIONS, ...options };
  const units = textUnits(text, size.maxChars);
  const all = sentences(text, units, size);
  const scores = scoreSentences(all, makeOccurrences(text, units), terms, weights);
  return bestWindows(all, scores, units, size, most)
    .toSorted((a, b) => a.first - b.first)
    .flatMap(({ first, last }) => toPassage(text, units[first], units[last]));
};

const toPassage = (
  text: string,
  first: TextUnit | undefined,
  last: TextUnit | undefined,
): readonly Passage[] =>
  first === undefined || last === undefined
    ? []
    : [
        {
          first_line: first.line,
          last_line: last.line,
          text: text.slice(first.start, last.end),
        },
      ];
