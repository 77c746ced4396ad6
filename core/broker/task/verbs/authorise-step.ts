import type { Label } from '../../../vocabulary/enums.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import { exhaustedBudget } from '../../execute/budget-check.ts';
import { decide } from '../../policy/decide.ts';
import { denialCode } from '../../policy/denial-code.ts';
import type { StepState, TaskState } from '../state/task-state.ts';
import { type GrantParts, grantFault } from './grant-fault.ts';
import type { ResolvedStep } from './resolve-step.ts';

/**
 * Decided once at submission, enforced now: the grant, its bindings, the budgets, the policy's verdict and
 * the digest that a person approved. Whatever changed since then is a refusal.
 * @throws AgentError saying which of them no longer holds
 */
export const authoriseStep = (
  task: TaskState,
  step: StepState,
  { resources, digest, asked }: Pick<ResolvedStep, 'resources' | 'digest' | 'asked'>,
  label: Label,
  parts: GrantParts,
): void => {
  const fault = grantFault(task, parts);
  if (fault !== null) throw new AgentError({ code: 'capability_invalid', message: fault });
  const { grant } = task.grant;
  const exhausted = exhaustedBudget(task.usage, grant.budget_limits);
  if (exhausted !== null) throw new AgentError({ code: 'budget_exceeded', message: exhausted });
  if (step.approval !== null && step.approval.digest !== digest) {
    throw new AgentError({
      code: 'approval_stale',
      message: 'the step is no longer what was approved',
    });
  }
  const decision = decide(
    {
      ...asked,
      grant,
      now: parts.now() / 1000,
      resolution: { ok: true, resources },
      label,
    },
    parts.policy,
  );
  const covered = decision.effect === 'allow' || (decision.effect === 'ask' && step.approval);
  if (!covered) {
    throw new AgentError({
      code: denialCode(decision.rule),
      rule: decision.rule,
      message: decision.reason,
      ...(decision.effect === 'deny' && decision.remedy !== null
        ? { remedy: decision.remedy }
        : {}),
    });
  }
};
