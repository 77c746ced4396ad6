import { digestOf, sha256 } from '../../../vocabulary/digest.ts';
import { type JsonObject, ownValue } from '../../../vocabulary/json.ts';
import type { AuditEvent } from '../../audit/audit-log.ts';
import type { LoggingPolicy } from '../../policy/agent-policy.ts';
import { denialCode } from '../../policy/denial-code.ts';
import { actionEvidence, policyEvidence, toolEvidence } from '../../policy/policy-evidence.ts';
import { isOver, stepOf } from '../state/progress.ts';
import type { Submitted, TaskEvent } from '../state/task-event.ts';
import type { StepPlan, TaskState } from '../state/task-state.ts';

/**
 * What the audit log says of an event: names and data of the wire contract, section 16, and ours beside
 * them. Never an intent, a content, a parameter or a path in clear.
 */
export const auditTrail = (
  before: TaskState | undefined,
  event: TaskEvent,
  after: TaskState,
  logging: LoggingPolicy,
): readonly AuditEvent[] => {
  const ended = isOver(after) && (before === undefined || !isOver(before));
  return [...recordsOf(event, after, logging), ...(ended ? [taskCompleted(after)] : [])];
};

const recordsOf = (
  event: TaskEvent,
  task: TaskState,
  logging: LoggingPolicy,
): readonly AuditEvent[] => {
  const of = (name: string, data: JsonObject): AuditEvent => ({
    event: name,
    data: { task_id: task.id, ...data },
  });
  switch (event.kind) {
    case 'submitted':
      return [
        of('task_submitted', submitted(event)),
        of('task_planned', planned(event, logging)),
        ...event.steps.flatMap((step) => refusedTool(step).map((data) => of('tool_call', data))),
      ];
    case 'offered':
      return [
        of('step_offered', {
          step_id: event.step,
          step_digest: event.offer.digest,
          expires_at: event.offer.expiresAt,
        }),
      ];
    case 'approved':
      return [
        of('steps_approved', {
          approved_count: event.steps.length,
          token_id: task.grant.grant.token_id,
          step_ids: event.steps,
          step_digests: event.steps.map((id) => stepOf(task, id)?.approval?.digest ?? ''),
          uid: event.uid,
          nonce: event.nonce,
        }),
      ];
    case 'denied':
      return event.by === 'person'
        ? [of('steps_denied', { denied_count: event.steps.length, step_ids: event.steps })]
        : [of('approval_expired', { step_ids: event.steps })];
    case 'started':
      return [of('step_started', stepFacts(task, event.step, logging))];
    case 'effect_began':
      return [of('effect_intended', { step_id: event.step, ...event.facts })];
    case 'effect_ended':
      return [of('effect_completed', { step_id: event.step, ...event.facts })];
    case 'completed':
      return [
        of('step_executed', {
          ...stepFacts(task, event.step, logging),
          result_bytes: event.result.bytes,
          result_sha256: event.result.sha256,
          label: event.result.label,
        }),
      ];
    case 'failed':
      return [
        of('step_executed', { ...stepFacts(task, event.step, logging), code: event.error.code }),
        ...(event.error.code === 'budget_exceeded'
          ? [of('budget_exceeded', { error: event.error.message })]
          : []),
        ...(event.error.code === 'violation'
          ? [of('step_violation', { step_id: event.step })]
          : []),
      ];
    case 'cancelled':
      return [of('task_cancelled', {})];
    case 'recovered':
      return [
        of('step_recovered', {
          ...stepFacts(task, event.step, logging),
          code: stepOf(task, event.step)?.error?.code ?? '',
        }),
      ];
    default: {
      const never: never = event;
      return never;
    }
  }
};

const stepFacts = (task: TaskState, id: string, logging: LoggingPolicy): JsonObject => {
  const step = stepOf(task, id);
  return {
    step_id: id,
    ...(step === undefined ? {} : actionEvidence(step.action, logging)),
    status: step?.status ?? '',
    token_id: task.grant.grant.token_id,
  };
};

const submitted = ({ intent, mode, grant }: Submitted): JsonObject => ({
  intent_hash: sha256(intent),
  intent_length: [...intent].length,
  mode,
  token_id: grant.grant.token_id,
  token_valid: true,
});

const planned = ({ steps, grant, at }: Submitted, logging: LoggingPolicy): JsonObject => ({
  plan_hash: digestOf(steps.map(({ action, params }) => ({ action, params }))).slice(0, 16),
  steps: steps.length,
  needs_approval: steps.filter((step) => step.decision.effect === 'ask').length,
  policy_decisions: steps.flatMap(({ id, action, decision }) => {
    const evidence = policyEvidence(
      {
        stepId: id,
        action,
        decision,
        tokenId: grant.grant.token_id,
        tokenValid: true,
        policyDigest: grant.grant.policy_digest,
        timestamp: at / 1000,
      },
      logging,
    );
    return evidence === undefined ? [] : [evidence];
  }),
});

// A tool that was refused before its step could start is on record like one that was refused at its call.
const refusedTool = ({ id, action, params, decision }: StepPlan): readonly JsonObject[] => {
  if (action !== 'tool_invoke' || decision.effect !== 'deny') return [];
  const { rule } = decision;
  const tool = ownValue(params, 'tool');
  const named = typeof tool === 'string' ? toolEvidence(tool) : {};
  return [{ step_id: id, ...named, verdict: 'denied', code: denialCode(rule), rule }];
};

const taskCompleted = (task: TaskState): AuditEvent => {
  const count = (status: string) => task.steps.filter((step) => step.status === status).length;
  return {
    event: 'task_completed',
    data: {
      task_id: task.id,
      status: task.status,
      steps_completed: count('completed'),
      steps_failed: count('failed'),
      steps_denied: count('denied'),
    },
  };
};
