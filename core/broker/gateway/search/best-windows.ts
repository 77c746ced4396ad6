import { fits, type Sentence, type WindowSize } from './sentences.ts';
import type { TextUnit } from './text-units.ts';

/** A run of units and the run of sentences that it holds; all ends inclusive. */
export interface Window {
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
}

/** A place that scores less than this part of the best one is noise. */
const WORTH = 0.25;

/** Up to `most` windows around the best sentences, none overlapping another, best first. */
export const bestWindows = (
  all: readonly Sentence[],
  scores: readonly number[],
  units: readonly TextUnit[],
  size: WindowSize,
  most: number,
): readonly Window[] => {
  const windows: Window[] = [];
  let least = 0;
  for (let n = 0; n < most; n += 1) {
    const index = bestFree(all, scores, least, windows);
    const best = all[index];
    if (best === undefined) break;
    if (n === 0) least = (scores[index] ?? 0) * WORTH;
    windows.push({ first: best.firstUnit, last: best.lastUnit, low: index, high: index });
  }
  for (const [i, window] of windows.entries())
    windows[i] = widened(window, windows, all, units, size);
  return windows;
};

const bestFree = (
  all: readonly Sentence[],
  scores: readonly number[],
  least: number,
  taken: readonly Window[],
): number => {
  let best = -1;
  let bestScore = least;
  for (const [i, { firstUnit, lastUnit }] of all.entries()) {
    const score = scores[i] ?? 0;
    if (score <= bestScore || !isFree(firstUnit, lastUnit, taken)) continue;
    best = i;
    bestScore = score;
  }
  return best;
};

const isFree = (first: number, last: number, taken: readonly Window[]): boolean =>
  taken.every((window) => last < window.first || first > window.last);

// Whole sentences of the same paragraph, the following before the preceding, while they fit.
const widened = (
  window: Window,
  windows: readonly Window[],
  all: readonly Sentence[],
  units: readonly TextUnit[],
  size: WindowSize,
): Window => {
  const others = windows.filter((other) => other !== window);
  const paragraph = all[window.low]?.paragraph;
  const allowed = ({ first, last }: Window): boolean =>
    fits(units, first, last, size) && isFree(first, last, others);
  let grown = window;
  for (const step of [1, -1]) {
    for (;;) {
      const next = step === 1 ? grown.high + 1 : grown.low - 1;
      const sentence = all[next];
      if (sentence?.paragraph !== paragraph || sentence === undefined) break;
      const wider = {
        first: Math.min(grown.first, sentence.firstUnit),
        last: Math.max(grown.last, sentence.lastUnit),
        low: Math.min(grown.low, next),
        high: Math.max(grown.high, next),
      };
      if (!allowed(wider)) break;
      grown = wider;
    }
  }
  return grown;
};
