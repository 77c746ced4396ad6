import { apply, construct, define } from './primordials.ts';
import { standInFor } from './stand-in.ts';

// Until a step starts nobody asks; from then on every clock shows its one moment.
let now = 0;
let state = 0;

/** One moment and one seed for a whole step: a replay sees the same (attack 233). */
export const startClock = (moment: number, seed: number): void => {
  now = moment;
  state = seed | 0;
};

/** Replaces what tells the time or is random: Date and Math.random. Nothing else does in here. */
export const fixClocks = (): void => {
  const RealDate = Date;
  const { toString: textOf } = RealDate.prototype;
  function FixedDate(...args: unknown[]): unknown {
    return new.target === undefined
      ? apply(textOf, new RealDate(now), [])
      : construct(RealDate, args.length === 0 ? [now] : args, new.target);
  }
  standInFor(RealDate.prototype, 'Date', FixedDate);
  define(FixedDate, 'length', RealDate.length);
  define(FixedDate, 'now', () => now);
  define(FixedDate, 'parse', RealDate.parse);
  define(FixedDate, 'UTC', RealDate.UTC);
  define(globalThis, 'Date', FixedDate);
  define(Math, 'random', random);
};

/** mulberry32: small, even enough for shuffling, and never for secrets. */
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};
const { imul } = Math;
