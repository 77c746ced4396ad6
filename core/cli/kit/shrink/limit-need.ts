import type { EntryLimits } from '../../../vocabulary/manifest.ts';
import type { CaseResult } from '../run-cases.ts';

type MeasuredLimit = Exclude<keyof EntryLimits, 'heap_mb'>;

// What is too little for any step on a busy machine says nothing about a step. Heap is not seen from outside.
const LEAST: Readonly<Record<MeasuredLimit, number>> = {
  cpu_ms: 100,
  wall_ms: 2000,
  result_bytes: 1000,
  calls_total: 0,
};

const NEED: Readonly<Record<MeasuredLimit, (result: CaseResult) => number>> = {
  cpu_ms: ({ cpuMs }) => cpuMs,
  wall_ms: ({ wallMs }) => wallMs,
  result_bytes: ({ resultBytes }) => resultBytes,
  calls_total: ({ calls }) => calls,
};

export const MEASURED_LIMITS: readonly MeasuredLimit[] = [
  'cpu_ms',
  'wall_ms',
  'result_bytes',
  'calls_total',
];

/** Twice what the cases needed, as a round number. */
export const limitNeed = (limit: MeasuredLimit, results: readonly CaseResult[]): number =>
  roundUp(Math.max(LEAST[limit], 2 * Math.max(0, ...results.map(NEED[limit]))));

const roundUp = (need: number): number => {
  if (need === 0) return 0;
  const power = 10 ** Math.floor(Math.log10(need));
  return power * ([1, 2, 5].find((step) => step * power >= need) ?? 10);
};
