import { apply, construct, define, freeze } from './primordials.ts';

// Until a step starts nobody asks; from then on every clock shows its one moment.
let now = 0;
let state = 0;

/** One moment and one seed for a whole step: a replay sees the same (attack 233). */
export const startClock = (moment: number, seed: number): void => {
  now = moment;
  state = seed | 0;
};

/** mulberry32: small, good enough for shuffling, and never for secrets. */
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};
const { imul } = Math;

const RealDate = Date;
const { toString: dateText } = RealDate.prototype;

/** Replaces everything that tells the time or is random: Date, Temporal.Now and Math.random. */
export const fixClocks = (): void => {
  function FixedDate(...args: unknown[]): unknown {
    const given = args.length === 0 ? [now] : args;
    return new.target === undefined
      ? apply(dateText, new RealDate(now), [])
      : construct(RealDate, given, new.target);
  }
  define(FixedDate, 'prototype', RealDate.prototype);
  define(FixedDate, 'length', 7);
  define(FixedDate, 'name', 'Date');
  define(FixedDate, 'now', () => now);
  define(FixedDate, 'parse', RealDate.parse);
  define(FixedDate, 'UTC', RealDate.UTC);
  define(RealDate.prototype, 'constructor', FixedDate);
  define(globalThis, 'Date', FixedDate);
  define(Math, 'random', random);
  fixTemporal();
};

interface ZonedMoment {
  toPlainDateTime(): unknown;
  toPlainDate(): unknown;
  toPlainTime(): unknown;
}
interface Moment {
  toZonedDateTimeISO(zone: unknown): ZonedMoment;
}
declare const Temporal: {
  Now: object;
  readonly Instant: { fromEpochMilliseconds(milliseconds: number): Moment };
};

const fixTemporal = (): void => {
  const { Instant } = Temporal;
  const instant = (): Moment => Instant.fromEpochMilliseconds(now);
  const zoned = (zone: unknown = 'UTC'): ZonedMoment => instant().toZonedDateTimeISO(zone);
  const fixed = { __proto__: Object.prototype };
  define(fixed, 'instant', instant);
  define(fixed, 'timeZoneId', () => 'UTC');
  define(fixed, 'zonedDateTimeISO', (zone?: unknown) => zoned(zone));
  define(fixed, 'plainDateTimeISO', (zone?: unknown) => zoned(zone).toPlainDateTime());
  define(fixed, 'plainDateISO', (zone?: unknown) => zoned(zone).toPlainDate());
  define(fixed, 'plainTimeISO', (zone?: unknown) => zoned(zone).toPlainTime());
  define(Temporal, 'Now', freeze(fixed));
};
