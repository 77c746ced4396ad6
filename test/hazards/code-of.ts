import type { StepOutcome } from '../../core/broker/supervisor/supervisor.ts';

/** The code with which a step failed; a completed step has none. */
export const codeOf = (outcome: StepOutcome): string =>
  outcome.kind === 'failed' ? outcome.code : 'completed';
