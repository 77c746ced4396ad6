import type { CallMeter } from './call-meter.ts';
import { apply, then } from './primordials.ts';

type Callback = (...args: unknown[]) => unknown;

/** As many may be set at once; the cell keeps the same number. */
const MOST_PENDING = 64;
const MOST_MS = 999_999_999;

interface TimerHost {
  readonly ask: (text: string) => Promise<string>;
  readonly meter: CallMeter;
  /** Ends the step: a callback of its own threw. */
  readonly fail: (thrown: unknown) => void;
}

let timerHost: TimerHost | undefined;
let lastId = 0;
const pending = new Map<number, () => void>();

/** From here on timers run; before a step there is nobody to set one. */
export const startTimers = (given: TimerHost): void => {
  timerHost = given;
};

/**
 * Runs a function later, if the step still runs then. The delay is the cell's to keep, one that is longer
 * than the step may last is cut to that; the clock stands still all the while. Text is not run as code.
 */
export const setTimeout = (callback: unknown, delay?: unknown, ...args: unknown[]): number => {
  if (typeof callback !== 'function') throw new TypeError('expected a function to run');
  if (pending.size === MOST_PENDING) throw new RangeError(`more than ${MOST_PENDING} timers`);
  const ms = Math.trunc(Number(delay));
  lastId += 1;
  const id = lastId;
  pending.set(id, () => apply(callback as Callback, undefined, args));
  send(`{"timer":${id},"ms":${ms > 0 ? Math.min(ms, MOST_MS) : 0}}`, () => fire(id));
  return id;
};

/** Takes a timer back. Whatever names none is passed over. */
export const clearTimeout = (id?: unknown): void => {
  if (pending.delete(id as number)) send(`{"clear":${id}}`, () => undefined);
};

const send = (text: string, done: () => void): void => {
  if (timerHost?.meter()) apply(then, timerHost.ask(text), [done]);
};

const fire = (id: number): void => {
  const run = pending.get(id);
  if (run === undefined) return;
  pending.delete(id);
  try {
    run();
  } catch (thrown) {
    timerHost?.fail(thrown);
  }
};
