import { NO_USAGE } from '../../../vocabulary/budget.ts';
import type { TaskId } from '../../../vocabulary/ids.ts';
import { approvalTtl } from '../../policy/agent-policy.ts';
import { approvableSteps, stepOf } from '../state/progress.ts';
import { stepError } from '../state/step-error.ts';
import type { TaskEvent } from '../state/task-event.ts';
import type { StepState, TaskState } from '../state/task-state.ts';
import { resolveStep, stepSentence } from './resolve-step.ts';
import { stepInput } from './step-input.ts';
import type { TaskParts } from './task-parts.ts';

/**
 * Puts each ask step whose inputs exist before the person: resolved names, sizes and a digest over all
 * that an approval will bind. From here its own clock runs. A step that cannot be put fails.
 */
export const offerSteps = async (id: TaskId, parts: TaskParts): Promise<void> => {
  const task = parts.ledger.get(id);
  if (task === undefined) return;
  for (const step of approvableSteps(task)) {
    if (step.offer !== null) continue;
    const event = await question(task, step, parts);
    await parts.ledger.apply(id, (now) => {
      const current = stepOf(now, step.id);
      return current?.status === 'pending' && current.offer === null ? [event] : [];
    });
  }
};

const question = async (task: TaskState, step: StepState, parts: TaskParts): Promise<TaskEvent> => {
  const at = parts.now();
  try {
    const { params } = stepInput(task, step, parts.ledger);
    const { resources, digest } = await resolveStep(task, step, params, parts);
    const description = await stepSentence({ ...step, params }, resources, parts);
    // Not longer than the grant: a yes that comes after its end could not be carried out.
    const grantEnds = Math.floor(1000 * task.grant.grant.expires_at);
    const expiresAt = Math.min(at + 1000 * approvalTtl(parts.policy, task.mode), grantEnds);
    return { kind: 'offered', at, step: step.id, description, offer: { digest, at, expiresAt } };
  } catch (thrown) {
    return { kind: 'failed', at, step: step.id, usage: NO_USAGE, error: stepError(thrown) };
  }
};
