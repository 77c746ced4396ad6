import { apply, push, slice, stringify } from './primordials.ts';

const MOST_LINES = 200;
const MOST_IN_ALL = 16_384;
/** A line is cut here. */
export const MOST_IN_A_LINE = 1024;

const lines: string[] = [];
let held = 0;
let dropped = 0;

/** Keeps a line of the step's log; once the log is full, further lines are only counted. */
export const keepLine = (text: string): void => {
  const line = apply(slice, text, [0, MOST_IN_A_LINE]);
  if (lines.length === MOST_LINES || held + line.length > MOST_IN_ALL) {
    dropped += 1;
    return;
  }
  held += line.length;
  apply(push, lines, [line]);
};

/** A result with the step's log behind it, on a line of its own; most results have none. */
export const withLog = (result: string): string =>
  lines.length === 0 && dropped === 0
    ? result
    : `${result}\n{"lines":${stringify(lines)},"dropped":${dropped}}`;
