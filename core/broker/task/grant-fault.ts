import { sha256 } from '../../vocabulary/digest.ts';
import { verifyGrant } from '../grant/grant-token.ts';
import type { TaskState } from './state.ts';
import type { TaskParts } from './task-parts.ts';

/** Why the grant of a task does not hold now, in the words of wire contract section 7; null where it does. */
export const grantFault = (
  task: TaskState,
  {
    grantKey,
    policy,
    policyCurrent,
    now,
  }: Pick<TaskParts, 'grantKey' | 'policy' | 'policyCurrent' | 'now'>,
): string | null => {
  const verified = verifyGrant(task.grant, grantKey, {
    taskId: task.id,
    intentHash: sha256(task.intent),
    policyDigest: policy.digest,
    budgets: policy.budgets[task.mode],
    now: now() / 1000,
  });
  if (!verified.ok) return verified.reason;
  return policyCurrent() ? null : 'capability policy binding mismatch';
};
