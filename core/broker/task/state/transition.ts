import { addUsage, NO_USAGE } from '../../../vocabulary/budget.ts';
import type { Decision } from '../../../vocabulary/decision.ts';
import type { TaskStatus } from '../../../vocabulary/enums.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { StepId } from '../../../vocabulary/ids.ts';
import { denialCode } from '../../policy/denial-code.ts';
import { approvableSteps, isOpen, isOver, nextStep, stepOf } from './progress.ts';
import type { Submitted, TaskEvent } from './task-event.ts';
import type { StepError, StepState, TaskState } from './task-state.ts';

/** The first state of a task. */
export const begin = (event: Submitted): TaskState =>
  settle(
    {
      id: event.task,
      intent: event.intent,
      mode: event.mode,
      workspaces: event.workspaces,
      preferences: event.preferences,
      grant: event.grant,
      status: 'planning',
      steps: event.steps.map(firstStepState),
      usage: NO_USAGE,
      createdAt: event.at,
      completedAt: null,
    },
    event.at,
  );

const firstStepState = (plan: Submitted['steps'][number]): StepState => {
  return {
    ...plan,
    status: FIRST_STATUS[plan.decision.effect],
    offer: null,
    approval: null,
    effects: { open: 0, ended: 0 },
    result: null,
    error: plan.decision.effect === 'deny' ? denial(plan.decision) : null,
  };
};

const FIRST_STATUS = { allow: 'approved', ask: 'pending', deny: 'denied' } as const;

const denial = ({ rule, reason, remedy }: Extract<Decision, { effect: 'deny' }>): StepError => ({
  code: denialCode(rule),
  message: reason,
  rule,
  ...(remedy === null ? {} : { remedy }),
});

/**
 * The one way in which a task changes: pure, total over the events, the same on replay as it was live.
 * @throws AgentError `task_conflict` for an event that this state does not admit; nothing has changed then
 */
export const transition = (task: TaskState, event: TaskEvent): TaskState => {
  switch (event.kind) {
    case 'submitted':
      return refuse(task, 'was submitted already');
    case 'offered':
      return change(task, event, [event.step], 'pending', (step) => {
        const ready = approvableSteps(task).some((other) => other.id === step.id);
        if (!ready || step.offer !== null) return refuse(task, 'cannot offer this step');
        return { ...step, offer: event.offer, description: event.description };
      });
    case 'approved':
      return change(task, event, event.steps, 'pending', (step) => {
        if (step.offer === null) return refuse(task, 'cannot approve what was not offered');
        if (step.offer.expiresAt <= event.at) return refuse(task, 'approval expired');
        const { digest } = step.offer;
        const approval = { digest, at: event.at, uid: event.uid, nonce: event.nonce };
        return { ...step, status: 'approved', approval };
      });
    case 'denied':
      return change(task, event, event.steps, 'pending', (step) => ({
        ...step,
        status: 'denied',
        error: DENIALS[event.by],
      }));
    case 'started':
      if (nextStep(task)?.id !== event.step) return refuse(task, 'cannot start this step now');
      return change(task, event, [event.step], 'approved', (step) => ({
        ...step,
        status: 'running',
      }));
    case 'effect_began':
      return change(task, event, [event.step], 'running', (step) => ({
        ...step,
        effects: { ...step.effects, open: step.effects.open + 1 },
      }));
    case 'effect_ended':
      return change(task, event, [event.step], 'running', (step) => {
        const { open, ended } = step.effects;
        if (open === 0) return refuse(task, 'has no effect under way');
        const happened = event.facts['ok'] === true ? 1 : 0;
        return { ...step, effects: { open: open - 1, ended: ended + happened } };
      });
    case 'completed':
      return change(
        { ...task, usage: addUsage(task.usage, event.usage) },
        event,
        [event.step],
        'running',
        (step) => ({ ...step, status: 'completed', result: event.result }),
      );
    case 'failed':
      return change(
        { ...task, usage: addUsage(task.usage, event.usage) },
        event,
        [event.step],
        ['running', 'pending', 'approved'],
        (step) => ({ ...step, status: 'failed', error: event.error }),
      );
    case 'cancelled':
      if (isOver(task)) return refuse(task, `already ${task.status}`);
      return settle({ ...task, steps: task.steps.map(cancelStep), status: 'cancelled' }, event.at);
    case 'recovered':
      return change(task, event, [event.step], 'running', (step) => ({
        ...step,
        status: 'failed',
        error: interruption(step),
      }));
    default: {
      const never: never = event;
      return never;
    }
  }
};

const DENIALS: Readonly<Record<'person' | 'expiry', StepError>> = {
  person: { code: 'denied_by_user', message: 'denied by user' },
  expiry: { code: 'approval_expired', message: 'approval expired' },
};
const INTERRUPTED: StepError = {
  code: 'interrupted',
  message: 'interrupted by service restart; resubmit the task',
};
const INTERRUPTED_LATE: StepError = {
  code: 'interrupted',
  message: 'interrupted by service restart after its effect had happened; do not repeat it unseen',
};
const UNKNOWN: StepError = {
  code: 'unknown_outcome',
  message: 'interrupted by service restart while an effect was under way; its outcome is unknown',
};

const interruption = ({ effects }: StepState): StepError =>
  effects.open > 0 ? UNKNOWN : effects.ended > 0 ? INTERRUPTED_LATE : INTERRUPTED;

const refuse = (task: TaskState, why: string): never => {
  throw new AgentError({ code: 'task_conflict', message: `task \`${task.id}\` ${why}` });
};

const change = (
  task: TaskState,
  event: TaskEvent,
  ids: readonly StepId[],
  from: StepState['status'] | readonly StepState['status'][],
  update: (step: StepState) => StepState,
): TaskState => {
  if (isOver(task)) return refuse(task, `is over: ${task.status}`);
  for (const id of ids) {
    const step = stepOf(task, id);
    if (step === undefined || ![from].flat().includes(step.status)) {
      return refuse(task, `has no step \`${id}\` that is ${[from].flat().join(' or ')}`);
    }
  }
  const steps = task.steps.map((step) => (ids.includes(step.id) ? update(step) : step));
  return settle({ ...task, steps }, event.at);
};

const cancelStep = (step: StepState): StepState => {
  const error: StepError = { code: 'cancelled', message: 'cancelled by user' };
  if (step.status === 'running') return { ...step, status: 'failed', error };
  return isOpen(step) ? { ...step, status: 'skipped', error } : step;
};

// After each change: a failure stops the whole task, a step whose input cannot come is skipped, and the
// status follows from the steps alone.
const settle = (task: TaskState, at: number): TaskState => {
  const steps = skipUnreachable(task.steps);
  const status = task.status === 'cancelled' ? 'cancelled' : statusOf(steps);
  const over = isOver({ ...task, status });
  return { ...task, steps, status, completedAt: over ? (task.completedAt ?? at) : null };
};

const skipUnreachable = (steps: readonly StepState[]): readonly StepState[] => {
  const failed = steps.find((step) => step.status === 'failed');
  const dead = new Set<StepId>();
  return steps.map((step) => {
    const cause = failed?.id ?? step.needs.find((need) => dead.has(need));
    const skipped = isOpen(step) && step.status !== 'running' && cause !== undefined;
    const next: StepState = skipped
      ? {
          ...step,
          status: 'skipped',
          error: { code: 'input_failed', message: `step \`${cause}\` did not complete` },
        }
      : step;
    if (next.status === 'denied' || next.status === 'skipped' || next.status === 'failed') {
      dead.add(next.id);
    }
    return next;
  });
};

const statusOf = (steps: readonly StepState[]): TaskStatus => {
  const any = (...statuses: readonly StepState['status'][]) =>
    steps.some((step) => statuses.includes(step.status));
  if (any('pending')) return 'pending_approval';
  if (any('running', 'approved')) return 'running';
  const codes = steps.map((step) => step.error?.code);
  if (codes.some((code) => code === 'interrupted' || code === 'unknown_outcome')) {
    return 'recovery_required';
  }
  if (any('failed')) return 'failed';
  if (any('completed')) return 'completed';
  return codes.includes('denied_by_user') ? 'cancelled' : 'failed';
};
