import assert from 'node:assert/strict';
import type { StepJob, StepOutcome } from '../../core/broker/supervisor/supervisor.ts';
import { jobOf, realSupervisor } from '../broker/supervisor/job.ts';

// The audit record of a failed step is asserted on the whole agent, with the acceptance of hostile cells.
// Here: the coded reason, the time it took, and that the next step runs.

/** How the attack's step ended, in ms since its start, and how the next step did. */
interface End {
  readonly outcome: StepOutcome;
  readonly ms: number;
}

/** Runs the body as a step, then a harmless step on the same supervisor, which must complete. */
export const endOfStep = async (body: string, parts: Partial<StepJob> = {}): Promise<End> => {
  const supervisor = realSupervisor();
  try {
    // the first step waits for the cell to start, which is not the attack's time
    assert.equal((await supervisor.run(jobOf('return {};'))).kind, 'completed');
    const startedAt = performance.now();
    const outcome = await supervisor.run(jobOf(body, parts));
    const ms = performance.now() - startedAt;
    const next = await supervisor.run(jobOf('return { alive: true };'));
    assert.deepEqual(next.kind === 'completed' && next.output, { alive: true });
    return { outcome, ms };
  } finally {
    await supervisor.close();
  }
};

/** The code with which a step failed; a completed step has none. */
export const codeOf = (outcome: StepOutcome): string =>
  outcome.kind === 'failed' ? outcome.code : 'completed';
