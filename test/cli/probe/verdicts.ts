import type { Verdict } from '../../../core/cli/probe/verdict.ts';

/** A verdict of a script that came to nothing, with what a test changes of it. */
export const verdictWith = (changes: Partial<Verdict> = {}): Verdict => ({
  script: 'a.js',
  verdict: 'contained',
  ended: 'completed',
  said: '',
  canaries: [],
  passed: [],
  calls: [],
  claims: [],
  ms: 12,
  peakMb: 56,
  ...changes,
});

/** Whatever a name or a text may hold to break out of a report. */
export const HOSTILE = 'x"/><failure/> # SKIP ]]> &amp; \\u{a}\' --- ...';
