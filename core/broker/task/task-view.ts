import { factsOf } from '../../vocabulary/errors.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import { publicGrant } from '../grant/public-grant.ts';
import type { StepState, TaskState } from './state/task-state.ts';
import type { StepView, TaskView } from './task-service.ts';

/** A task as the API shows it (wire contract section 4). Paths, preferences, nonce and signature stay inside. */
export const toTaskView = (
  task: TaskState,
  resultOf: (step: StepState) => JsonObject | undefined,
): TaskView => ({
  task_id: task.id,
  intent: task.intent,
  status: task.status,
  mode: task.mode,
  steps: task.steps.map((step) => toStepView(step, resultOf)),
  capability: publicGrant(task.grant.grant),
  created_at: task.createdAt / 1000,
  completed_at: task.completedAt === null ? null : task.completedAt / 1000,
});

const toStepView = (
  step: StepState,
  resultOf: (step: StepState) => JsonObject | undefined,
): StepView => {
  const { decision, error } = step;
  const facts = error === null ? null : factsOf(error.code);
  const remedy = error?.remedy ?? facts?.remedy ?? null;
  const approval =
    step.offer === null
      ? {}
      : { _approval_digest: step.offer.digest, _approval_expires_at: step.offer.expiresAt / 1000 };
  return {
    step_id: step.id,
    action: step.action,
    description: step.description,
    risk_level: step.risk,
    status: step.status,
    params: {
      ...step.params,
      _policy_decision: decision.effect,
      _policy_reason: decision.reason,
      _policy_rule: decision.rule,
      ...approval,
    },
    result: resultView(step, resultOf),
    error: error?.message ?? null,
    ...(error === null || facts === null
      ? {}
      : {
          code: error.code,
          ...(error.rule === undefined ? {} : { rule: error.rule }),
          ...(remedy === null ? {} : { remedy }),
          retryable: facts.retryable,
        }),
  };
};

const resultView = (
  step: StepState,
  resultOf: (step: StepState) => JsonObject | undefined,
): JsonObject | null => {
  if (step.status === 'failed') return { ok: false, error: step.error?.message ?? 'failed' };
  if (step.result === null) return null;
  const { label, bytes, sha256 } = step.result;
  const output = resultOf(step);
  return output === undefined
    ? { ok: true, label, bytes, sha256, cut: 'whole in the task and at its result route' }
    : { ...output, ok: true, label };
};
