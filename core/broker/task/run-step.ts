import { NO_USAGE, type Usage } from '../../vocabulary/budget.ts';
import type { Label } from '../../vocabulary/enums.ts';
import { AgentError, toAgentError } from '../../vocabulary/errors.ts';
import type { StepId, TaskId } from '../../vocabulary/ids.ts';
import { exhaustedBudget } from '../execute/budget-check.ts';
import type { StepReport } from '../execute/execute-step.ts';
import { accessOf } from '../grant/narrow-grant.ts';
import { decide } from '../policy/decide.ts';
import { makeCallJournal } from './call-journal.ts';
import type { TaskEvent } from './event.ts';
import { grantFault } from './grant-fault.ts';
import type { StepState, TaskState } from './state.ts';
import { type StepInput, stepInput } from './step-input.ts';
import { type ResolvedStep, resolveStep } from './step-question.ts';
import { nextStep } from './step-rules.ts';
import type { TaskParts } from './task-parts.ts';

/** Abort reason of a broker that ends: the step gets no outcome and is found interrupted at the next start. */
export const STOPPING = 'stopping';

/** The start of the step that can run now; none while one runs. */
export const startNext = (task: TaskState, at: number): readonly TaskEvent[] => {
  const step = nextStep(task);
  return step === undefined ? [] : [{ kind: 'started', at, step: step.id }];
};

/**
 * Runs the next step of a task, if there is one: re-check everything, record the start, run it in a cell,
 * record the outcome. Answers false when nothing can run now.
 */
export const runNextStep = async (
  id: TaskId,
  signal: AbortSignal,
  parts: TaskParts,
): Promise<boolean> => {
  const task = await parts.ledger.apply(id, (now) => startNext(now, parts.now()));
  const step = task.steps.find((candidate) => candidate.status === 'running');
  if (step === undefined) return false;
  const report = await attempt(task, step, signal, parts);
  if (signal.reason === STOPPING) return false;
  await parts.ledger.apply(id, (now) => {
    // A cancelled step is over already: what it still reports is late, and dropped.
    const running = now.steps.find((candidate) => candidate.id === step.id)?.status === 'running';
    return running ? outcome(step.id, report, parts.now()) : [];
  });
  return true;
};

const attempt = async (
  task: TaskState,
  step: StepState,
  signal: AbortSignal,
  parts: TaskParts,
): Promise<StepReport> => {
  try {
    const input = stepInput(task, step, parts.ledger);
    const resolved = await resolveStep(task, step, input.params, parts);
    authorise(task, step, resolved, input.label, parts);
    return await parts.executor.execute({
      ...order(task, input, resolved),
      signal,
      journal: makeCallJournal(task.id, step.id, parts),
    });
  } catch (thrown) {
    const { code, message } = toAgentError(thrown);
    const usage: Usage = { ...NO_USAGE, steps: 1 };
    return { kind: 'failed', code, message, usage };
  }
};

// Decided once at submission, enforced now: the grant, its bindings, the budgets, the policy's verdict and
// the digest that a person approved. Whatever changed since then is a refusal.
const authorise = (
  task: TaskState,
  step: StepState,
  { resources, digest }: ResolvedStep,
  label: Label,
  parts: TaskParts,
): void => {
  const { grant } = task.grant;
  const { policy, now } = parts;
  const reason = grantFault(task, parts);
  if (reason !== null) throw new AgentError({ code: 'capability_invalid', message: reason });
  const exhausted = exhaustedBudget(task.usage, grant.budget_limits);
  if (exhausted !== null) throw new AgentError({ code: 'budget_exceeded', message: exhausted });
  if (step.approval !== null && step.approval.digest !== digest) {
    throw new AgentError({
      code: 'approval_stale',
      message: 'the step is no longer what was approved',
    });
  }
  const { action } = step;
  const decision = decide(
    {
      action,
      grant,
      now: now() / 1000,
      executorBuilt: true,
      resolution: { ok: true, resources },
      label,
    },
    policy,
  );
  const covered = decision.effect === 'allow' || (decision.effect === 'ask' && step.approval);
  if (!covered) {
    throw new AgentError({
      code: 'policy_denied',
      rule: decision.rule,
      message: decision.reason,
    });
  }
};

const order = (task: TaskState, input: StepInput, { installed, resources }: ResolvedStep) => {
  const { grant } = task.grant;
  return {
    step: installed,
    input: input.params,
    inputLabel: input.label,
    resources,
    access: accessOf(grant),
    recycle: task.mode === 'sensitive',
    used: task.usage,
    budgets: grant.budget_limits,
  };
};

const outcome = (step: StepId, report: StepReport, at: number) => {
  if (report.kind === 'failed') {
    const { code, message, usage } = report;
    const error = { code, message };
    return [{ kind: 'failed', at, step, usage, error }] satisfies readonly TaskEvent[];
  }
  const { output, bytes, sha256: digest, label, usage } = report;
  const result = { bytes, sha256: digest, label };
  const events: readonly TaskEvent[] = [{ kind: 'completed', at, step, usage, result }];
  return { events, result: { step, output } };
};
