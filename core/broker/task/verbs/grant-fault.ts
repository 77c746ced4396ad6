import { sha256 } from '../../../vocabulary/digest.ts';
import { verifyGrant } from '../../grant/grant-token.ts';
import type { TaskState } from '../state/task-state.ts';
import type { TaskParts } from './task-parts.ts';

/** What the question needs: the key and policy of this broker, and its time. */
export type GrantParts = Pick<TaskParts, 'grantKey' | 'policy' | 'policyCurrent' | 'now'>;

/**
 * Why the grant of a task no longer holds, or null: its signature, everything that it is bound to, its
 * time, and whether the policy that it was issued under is still the one on disk. Asked before each
 * approval and before each step (AISVS 9.5.6).
 */
export const grantFault = (
  task: Pick<TaskState, 'id' | 'intent' | 'mode' | 'grant'>,
  { grantKey, policy, policyCurrent, now }: GrantParts,
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
