import { AgentError } from '../../../vocabulary/errors.ts';
import { approvableSteps, isOver } from '../state/progress.ts';
import type { TaskEvent } from '../state/task-event.ts';
import type { StepState, TaskState } from '../state/task-state.ts';
import { type GrantParts, grantFault } from './grant-fault.ts';
import type { TaskParts } from './task-parts.ts';
import type { Requester, Selection } from './task-request.ts';

/** What a person's answer does to a task, in the order of checks of the wire contract, sections 2.4 to 2.6. */

export const approve = (
  task: TaskState,
  selection: Selection,
  who: Requester,
  parts: GrantParts & Pick<TaskParts, 'random'>,
): readonly TaskEvent[] => {
  mustWait(task);
  mustHold(task, parts);
  const steps = selected(task, selection, 'approval');
  const ready = approvableSteps(task).filter((step) => step.offer !== null);
  const chosen = selection.kind === 'all' ? ready : steps;
  if (chosen.length === 0 || chosen.some((step) => !ready.includes(step))) {
    throw new AgentError({ code: 'inputs_not_ready', message: 'inputs not ready' });
  }
  const at = parts.now();
  if (chosen.some((step) => step.offer !== null && step.offer.expiresAt <= at)) {
    throw new AgentError({ code: 'approval_expired', message: 'approval expired' });
  }
  const nonce = Buffer.from(parts.random(16)).toString('hex');
  const uid = who.peer?.uid ?? null;
  return [{ kind: 'approved', at, steps: chosen.map((step) => step.id), uid, nonce }];
};

export const deny = (
  task: TaskState,
  selection: Selection,
  { now }: Pick<TaskParts, 'now'>,
): readonly TaskEvent[] => {
  mustWait(task);
  const steps = selected(task, selection, 'denial').map((step) => step.id);
  return [{ kind: 'denied', at: now(), steps, by: 'person' }];
};

export const cancel = (task: TaskState, { now }: Pick<TaskParts, 'now'>): readonly TaskEvent[] => {
  if (isOver(task)) {
    throw new AgentError({ code: 'task_conflict', message: `task already ${task.status}` });
  }
  return [{ kind: 'cancelled', at: now() }];
};

/** The steps whose approval nobody gave in time. */
export const expire = (task: TaskState, at: number): readonly TaskEvent[] => {
  const late = task.steps.filter(
    (step) => step.status === 'pending' && step.offer !== null && step.offer.expiresAt <= at,
  );
  return late.length === 0
    ? []
    : [{ kind: 'denied', at, steps: late.map((step) => step.id), by: 'expiry' }];
};

const mustWait = (task: TaskState): void => {
  if (task.status !== 'pending_approval') {
    throw new AgentError({
      code: 'task_conflict',
      message: `task is ${task.status}, not pending_approval`,
    });
  }
};

const mustHold = (task: TaskState, parts: GrantParts): void => {
  const fault = grantFault(task, parts);
  if (fault === null) return;
  throw new AgentError({
    code: 'capability_invalid',
    message: `capability token invalid: ${fault}`,
  });
};

const selected = (
  task: TaskState,
  selection: Selection,
  what: 'approval' | 'denial',
): readonly StepState[] => {
  const pending = task.steps.filter((step) => step.status === 'pending');
  if (selection.kind === 'all') return pending;
  return selection.steps.map((id) => {
    const step = pending.find((candidate) => candidate.id === id);
    if (step !== undefined) return step;
    throw new AgentError({
      code: 'invalid_request',
      message: `${what} contains an unknown or resolved step`,
    });
  });
};
