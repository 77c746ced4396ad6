import type { StepId } from '../../../vocabulary/ids.ts';
import type { StepState, TaskState } from './task-state.ts';

/** Pure questions about a task: what can run, what can be asked, what is over. */

export const stepOf = (task: TaskState, id: string): StepState | undefined =>
  task.steps.find((step) => step.id === id);

const completedIds = (task: TaskState): ReadonlySet<StepId> =>
  new Set(task.steps.filter((step) => step.status === 'completed').map((step) => step.id));

const hasInputs = (step: StepState, done: ReadonlySet<StepId>): boolean =>
  step.needs.every((need) => done.has(need));

/** Ask steps whose inputs exist: a person can be shown what they would do. */
export const approvableSteps = (task: TaskState): readonly StepState[] => {
  const done = completedIds(task);
  return task.steps.filter((step) => step.status === 'pending' && hasInputs(step, done));
};

/**
 * The step to run next. One that policy allowed starts when its inputs exist; one that a person approved
 * also waits until no approvable step is left unanswered, so that a partial answer runs nothing early.
 */
export const nextStep = (task: TaskState): StepState | undefined => {
  if (task.steps.some((step) => step.status === 'running')) return undefined;
  const done = completedIds(task);
  const unanswered = approvableSteps(task).length > 0;
  return task.steps.find(
    (step) =>
      step.status === 'approved' &&
      hasInputs(step, done) &&
      (step.approval === null || !unanswered),
  );
};

export const isOver = (task: TaskState): boolean => {
  switch (task.status) {
    case 'completed':
    case 'failed':
    case 'cancelled':
    case 'recovery_required':
      return true;
    case 'planning':
    case 'pending_approval':
    case 'running':
      return false;
    default: {
      const never: never = task.status;
      return never;
    }
  }
};

/** True while a step may still change by itself or by an answer. */
export const isOpen = (step: StepState): boolean =>
  step.status === 'pending' || step.status === 'approved' || step.status === 'running';
