import { NO_USAGE, type Usage } from '../../../vocabulary/budget.ts';
import type { StepId, TaskId } from '../../../vocabulary/ids.ts';
import type { StepReport } from '../../execute/execute-step.ts';
import { accessOf } from '../../grant/narrow-grant.ts';
import type { Change } from '../ledger/task-ledger.ts';
import { nextStep } from '../state/progress.ts';
import { stepError } from '../state/step-error.ts';
import type { TaskEvent } from '../state/task-event.ts';
import type { StepError, StepState, TaskState } from '../state/task-state.ts';
import { authoriseStep } from './authorise-step.ts';
import { makeCallJournal } from './call-journal.ts';
import { makeDecideTool } from './decide-tool.ts';
import { type ResolvedStep, resolveStep } from './resolve-step.ts';
import { type StepInput, stepInput } from './step-input.ts';
import type { TaskParts } from './task-parts.ts';

/** Abort reason of a broker that ends: the step gets no outcome and is found interrupted at the next start. */
export const STOPPING = 'stopping';

/** The start of the step that can run now; none while one runs. */
export const startNext = (task: TaskState, at: number): readonly TaskEvent[] => {
  const step = nextStep(task);
  return step === undefined ? [] : [{ kind: 'started', at, step: step.id }];
};

/**
 * Runs the next step of a task, if there is one: record the start, re-check everything, run it in a cell,
 * record the outcome. Answers false when nothing can run now.
 *
 * A step runs only by whoever started it: one that is found running is somebody else's, or its outcome was
 * refused by the log or the store, and it is not run a second time (attack 183).
 * @param begun the step whose start was recorded together with the task
 */
export const runNextStep = async (
  id: TaskId,
  signal: AbortSignal,
  parts: TaskParts,
  begun?: StepId,
): Promise<boolean> => {
  let mine = begun;
  const task = await parts.ledger.apply(id, (now) => {
    if (begun !== undefined) return [];
    mine = nextStep(now)?.id;
    return startNext(now, parts.now());
  });
  const step = task.steps.find(
    ({ id: candidate, status }) => candidate === mine && status === 'running',
  );
  if (step === undefined) return false;
  const attempted = await attempt(task, step, signal, parts);
  if (signal.reason === STOPPING) return false;
  await parts.ledger.apply(id, (now) => {
    // A cancelled step is over already: what it still reports is late, and dropped.
    const running = now.steps.find((candidate) => candidate.id === step.id)?.status === 'running';
    return running ? outcome(step.id, attempted, parts.now()) : [];
  });
  return true;
};

/** Refused by the broker before it ran: the step is spent all the same. */
interface Refused {
  readonly kind: 'refused';
  readonly error: StepError;
}

const attempt = async (
  task: TaskState,
  step: StepState,
  signal: AbortSignal,
  parts: TaskParts,
): Promise<StepReport | Refused> => {
  try {
    const input = stepInput(task, step, parts.ledger);
    const resolved = await resolveStep(task, step, input.params, parts);
    authoriseStep(task, step, resolved, input.label, parts);
    return await parts.executor.execute({
      ...order(task, input, resolved),
      signal,
      journal: makeCallJournal(task.id, step.id, parts),
      decideTool: makeDecideTool(task, step, parts),
    });
  } catch (thrown) {
    return { kind: 'refused', error: stepError(thrown) };
  }
};

const order = (
  task: TaskState,
  { label }: StepInput,
  { installed, input, resources }: ResolvedStep,
) => {
  const { grant } = task.grant;
  return {
    step: installed,
    input,
    inputLabel: label,
    resources,
    access: accessOf(grant),
    sensitive: task.mode === 'sensitive',
    used: task.usage,
    budgets: grant.budget_limits,
  };
};

const outcome = (step: StepId, attempted: StepReport | Refused, at: number): Change => {
  switch (attempted.kind) {
    case 'refused': {
      const usage: Usage = { ...NO_USAGE, steps: 1 };
      return [{ kind: 'failed', at, step, usage, error: attempted.error }];
    }
    case 'failed': {
      const { code, message, usage } = attempted;
      return [{ kind: 'failed', at, step, usage, error: { code, message } }];
    }
    case 'completed': {
      const { output, bytes, sha256, label, usage } = attempted;
      const result = { bytes, sha256, label };
      return { events: [{ kind: 'completed', at, step, usage, result }], result: { step, output } };
    }
    default: {
      const never: never = attempted;
      return never;
    }
  }
};
