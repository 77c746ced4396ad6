import { violation } from '../../protocol/frame.ts';
import { parseGuestJson } from '../../protocol/guest-json.ts';
import { count, exactly } from '../../protocol/head.ts';
import { LOG_BYTES } from '../../protocol/messages.ts';
import { ownValue } from '../../vocabulary/json.ts';

/** What a step wrote to its console. A step that was stopped from outside has taken its log with it. */
export interface StepLog {
  readonly lines: readonly string[];
  /** Lines beyond the limits of the log. */
  readonly dropped: number;
}

const MOST_LINES = 200;
const MOST_IN_A_LINE = 1024;
/** One object and one list. */
const SIZE = { bytes: LOG_BYTES, depth: 2, nodes: 2 };

/**
 * The log behind a result. The isolate keeps it small; a cell that sends more than an isolate may hold,
 * or anything but text, is hostile. Each line becomes one line for whoever prints it (attack 180).
 * @throws violation
 */
export const stepLogOf = (text: string): StepLog => {
  const log = exactly(parseGuestJson(text, SIZE), ['lines', 'dropped']);
  const dropped = count(log, 'dropped');
  const lines = ownValue(log, 'lines');
  if (!Array.isArray(lines) || lines.length > MOST_LINES) throw violation('malformed log');
  return { lines: lines.map(lineOf), dropped };
};

const lineOf = (line: unknown): string => {
  if (typeof line !== 'string' || line.length > MOST_IN_A_LINE) throw violation('malformed log');
  return line.replace(UNPRINTABLE, (mark) => JSON_ESCAPES.get(mark) ?? escaped(mark));
};

// Controls, line ends, what turns the direction of writing, and halves of a pair.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;
const JSON_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
const escaped = (mark: string): string => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;
