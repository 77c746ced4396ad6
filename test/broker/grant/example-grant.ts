import { deriveKey, type SubKey } from '../../../core/broker/grant/derive-key.ts';
import type { GrantBinding } from '../../../core/broker/grant/grant-token.ts';
import type { Grant } from '../../../core/vocabulary/grant.ts';
import { grantFor, NOW } from '../policy/example-request.ts';

export const GRANT: Grant = grantFor({ preferences: { read_file: 'always' } });
export const KEY: SubKey<'grant'> = deriveKey(Buffer.alloc(32, 'root key of a test'), 'grant');
export const BINDING: GrantBinding = {
  taskId: GRANT.task_id,
  intentHash: GRANT.intent_hash,
  policyDigest: GRANT.policy_digest,
  budgets: GRANT.budget_limits,
  now: NOW,
};
