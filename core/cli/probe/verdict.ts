import { ERRORS, type ErrorCode, factsOf } from '../../vocabulary/error-catalogue.ts';
import { isJsonObject, type JsonObject, ownValue } from '../../vocabulary/json.ts';
import { fit, visible } from '../shown-text.ts';
import type { CanaryMove } from './canaries.ts';
import type { Observation } from './range.ts';

/** One system call that an attack made, and the kernel's answer. */
export interface CallAnswer {
  readonly call: string;
  /** errno's name, or the value. */
  readonly answer: string;
}

/** What is said of one script. Every text in it is fit to be shown. */
export interface Verdict {
  readonly script: string;
  readonly verdict: 'contained' | 'ESCAPED' | 'hung' | 'refused';
  /** How it ended: `completed`, or what ended it. */
  readonly ended: string;
  /** What it returned or died of, in one line. */
  readonly said: string;
  /** Canaries that moved, each with what happened to it. */
  readonly canaries: readonly CanaryMove[];
  /** System calls that nobody behind the wall may make, and that the kernel made. */
  readonly passed: readonly CallAnswer[];
  /** Every system call of an owned cell that the attack let us see. */
  readonly calls: readonly CallAnswer[];
  /** What the script says that it got hold of; its word alone. */
  readonly claims: readonly string[];
  readonly ms: number;
  readonly peakMb: number;
}

export const guestVerdict = (script: string, found: Observation): Verdict => ({
  script: visible(script),
  verdict: verdictOf(found),
  ended: found.ended,
  said: oneLine(found.said),
  canaries: found.moves.map(({ canary, what }) => ({ canary, what: visible(what) })),
  passed: [],
  calls: [],
  claims: claimsOf(found),
  ms: found.ms,
  peakMb: found.peakMb,
});

const verdictOf = ({ moves, hung, ended }: Observation): Verdict['verdict'] => {
  if (moves.length > 0) return 'ESCAPED';
  if (hung) return 'hung';
  return isOwnEnd(ended) ? 'contained' : 'refused';
};

const OWN_ENDS: ReadonlySet<string> = new Set([
  'completed',
  'budget_exceeded',
  'too_large',
  'above_ceiling',
  'already_exists',
]);

/** False where something else than the script ended its step: one that never ran is not contained. */
const isOwnEnd = (ended: string): boolean =>
  OWN_ENDS.has(ended) ||
  (ended !== 'quarantined' &&
    Object.hasOwn(ERRORS, ended) &&
    factsOf(ended as ErrorCode).fault === 'plugin');

const MOST_SIGNS = 300;

/** A hostile text as one line that a terminal and a report can bear. */
export const oneLine = (text: string): string =>
  fit(visible(text.slice(0, 4 * MOST_SIGNS)), MOST_SIGNS);

const MOST_CLAIMS = 20;

/** By the corpus's convention a script that returns `{ escaped: [names] }` says what it got hold of. */
const claimsOf = ({ ended, said }: Observation): readonly string[] => {
  if (ended !== 'completed') return [];
  const claims = ownValue(objectOf(said), 'escaped');
  return Array.isArray(claims)
    ? claims.slice(0, MOST_CLAIMS).map((claim) => oneLine(JSON.stringify(claim)))
    : [];
};

const objectOf = (text: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
};
