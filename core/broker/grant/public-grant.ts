import type { Grant } from '../../vocabulary/grant.ts';
import type { JsonObject } from '../../vocabulary/json.ts';

/** What a client sees of a grant: no paths, tools, preferences, nonce or signature (wire contract section 4). */
export const publicGrant = (grant: Grant): JsonObject => ({
  token_id: grant.token_id,
  task_id: grant.task_id,
  intent_hash: grant.intent_hash,
  policy_digest: grant.policy_digest,
  session_mode: grant.session_mode,
  allow_online: grant.allow_online,
  sensitivity_ceiling: grant.sensitivity_ceiling,
  issued_at: grant.issued_at,
  expires_at: grant.expires_at,
  budget_limits: { ...grant.budget_limits },
});
