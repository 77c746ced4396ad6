import type { Occurrences } from './occurrences.ts';
import type { Sentence } from './sentences.ts';

/** A sentence shorter than this is a heading or a number: it says little by itself. */
const TELLING_CHARACTERS = 40;

/**
 * How well each sentence answers the terms: every distinct term counts with its weight, a repetition half
 * of the one before. Parts of sentences and very short ones count half.
 */
export const scoreSentences = (
  all: readonly Sentence[],
  occurrences: Occurrences,
  terms: readonly string[],
  weights: ReadonlyMap<string, number>,
): readonly number[] => {
  const scores = new Array<number>(all.length).fill(0);
  for (const term of terms) {
    let gain = 0;
    let here = 0;
    let last = -1;
    for (const at of occurrences.of(term)) {
      while (here < all.length && (all[here]?.end ?? 0) <= at) here += 1;
      const sentence = all[here];
      if (sentence === undefined) break;
      if (sentence.start > at) continue;
      gain = here === last ? gain / 2 : (weights.get(term) ?? 1);
      last = here;
      scores[here] = (scores[here] ?? 0) + gain;
    }
  }
  return scores.map((score, i) => score * credit(all[i]));
};

const credit = (sentence: Sentence | undefined): number => {
  if (sentence === undefined) return 0;
  const telling = sentence.end - sentence.start >= TELLING_CHARACTERS;
  return (sentence.complete ? 1 : 0.5) * (telling ? 1 : 0.5);
};
