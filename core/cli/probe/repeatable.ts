import { createHash } from 'node:crypto';
import type { Powers } from '../../broker/main/powers.ts';

/** Time and chance of a range: the same for the same script in the same place of the same run. */
export interface Repeatable extends Pick<Powers, 'random' | 'now' | 'elapsed'> {
  load(number: number, seed: string): void;
}

const EPOCH = Date.UTC(2026, 0, 1);
const SCRIPT_MS = 60_000;

// The keys of the range are made by who starts it, from the system's randomness. What comes from here are
// identifiers and what a step sees; no two scripts of a run have a stream in common.
export const makeRepeatable = (): Repeatable => {
  let at = 0;
  let stream = 'before the first script';
  let blocks = 0;
  const block = (): Buffer => {
    blocks += 1;
    return createHash('sha256').update(`probe/${stream}/${blocks}`).digest();
  };
  return Object.freeze<Repeatable>({
    load: (number, seed) => {
      at = number * SCRIPT_MS;
      stream = `${seed}/${number}`;
      blocks = 0;
    },
    random: (count) => {
      const wanted = Math.ceil(count / 32);
      return Buffer.concat(Array.from({ length: wanted }, block)).subarray(0, count);
    },
    now: () => EPOCH + at,
    elapsed: () => at,
  });
};
