import { isJsonObject, type JsonValue, ownValue } from '../../vocabulary/json.ts';
import type { OwnedEnd } from '../owned-cell.ts';
import { visible } from '../shown-text.ts';
import type { CanaryMove } from './canaries.ts';
import { forbiddenGroup, type MadeCall } from './forbidden-calls.ts';
import { type CallAnswer, oneLine, type Verdict } from './verdict.ts';

/** What was seen of an owned cell. */
export interface OwnedObservation {
  readonly pid: number;
  /** Undefined where it was still there after its end. */
  readonly end: OwnedEnd | undefined;
  readonly moves: readonly CanaryMove[];
  readonly ms: number;
  readonly peakMb: number;
  readonly late: boolean;
  readonly tooLarge: boolean;
}

export const ownedVerdict = (script: string, found: OwnedObservation): Verdict => {
  const { end, moves, pid, ms, peakMb } = found;
  const made = (end?.reports ?? []).flatMap(parseCall);
  const passed = made.filter(
    (call) => isDone(call.answer) && forbiddenGroup(call, pid) !== undefined,
  );
  const lines = (end?.reports ?? []).filter((report) => parseCall(report).length === 0);
  return {
    script: visible(script),
    verdict: verdictOf(found, passed.length),
    ended: endedBy(found),
    said: oneLine([end?.ended ?? reasonOf(end?.exit.said ?? ''), ...lines].join('; ')),
    canaries: moves.map(({ canary, what }) => ({ canary, what: visible(what) })),
    passed: passed.map(shown),
    calls: made.map(shown),
    claims: [],
    ms,
    peakMb,
  };
};

/** One that never got a cell. */
export const refusedVerdict = (script: string, why: string): Verdict => ({
  script: visible(script),
  verdict: 'refused',
  ended: 'refused before it was loaded',
  said: oneLine(why),
  canaries: [],
  passed: [],
  calls: [],
  claims: [],
  ms: 0,
  peakMb: 0,
});

const verdictOf = ({ end, moves }: OwnedObservation, passed: number): Verdict['verdict'] => {
  if (moves.length > 0 || passed > 0) return 'ESCAPED';
  if (end === undefined) return 'hung';
  return end.lock === undefined ? 'refused' : 'contained';
};

const endedBy = ({ end, late, tooLarge }: OwnedObservation): string => {
  if (end === undefined) return 'hung';
  if (end.lock === undefined) return 'refused before its lock';
  if (end.ended !== undefined) return 'completed';
  if (tooLarge) return 'memory';
  if (late) return 'wall';
  return end.exit.signal ?? `exit code ${end.exit.code}`;
};

type ToldCall = MadeCall & CallAnswer;

const shown = ({ call, answer }: ToldCall): CallAnswer => ({
  call: oneLine(call),
  answer: oneLine(answer),
});

/** An errno has a name; whatever begins otherwise is the value of a call that was made. */
const isDone = (answer: string): boolean => !/^E[A-Z0-9]+$/.test(answer);

// A report is the attacker's text. One that has the form of a call is taken for one: who forges it accuses
// himself.
const parseCall = (report: string): readonly ToldCall[] => {
  const value = jsonOf(report);
  if (value === undefined || !isJsonObject(value)) return [];
  const call = ownValue(value, 'call');
  const answer = ownValue(value, 'answer');
  const args = ownValue(value, 'args') ?? [];
  if (typeof call !== 'string' || typeof answer !== 'string' || !Array.isArray(args)) return [];
  return [{ call, answer, args: args.map((each) => (typeof each === 'number' ? each : null)) }];
};

/** The reason of a cell that did not lock itself, which is one line of JSON. */
const reasonOf = (said: string): string => {
  const value = jsonOf(said);
  const reason = value !== undefined && isJsonObject(value) ? ownValue(value, 'reason') : undefined;
  return typeof reason === 'string' ? reason : said;
};

const jsonOf = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
};
