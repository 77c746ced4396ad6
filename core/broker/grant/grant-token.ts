import { createHmac } from 'node:crypto';
import type { Budgets } from '../../vocabulary/budget.ts';
import { canonicalJson } from '../../vocabulary/canonical.ts';
import { equalSecrets } from '../../vocabulary/digest.ts';
import type { Grant, SignedGrant } from '../../vocabulary/grant.ts';
import type { Sha256Hex, TaskId } from '../../vocabulary/ids.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { SubKey } from './derive-key.ts';

// Domain separation: what is signed as a grant is never taken for anything else.
const DOMAIN = 'secai/grant/v1\n';

/** What a grant must be bound to, at the moment of its use. */
export interface GrantBinding {
  readonly taskId: TaskId;
  readonly intentHash: Sha256Hex;
  readonly policyDigest: Sha256Hex;
  readonly budgets: Budgets;
  /** Unix seconds. */
  readonly now: number;
}

export type GrantVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: GrantFault };

/** The faults and their texts, in the order in which they are looked for (wire contract section 7). */
export type GrantFault =
  | 'missing capability token'
  | 'token expired'
  | 'token not signed'
  | 'signature mismatch'
  | 'capability task binding mismatch'
  | 'capability intent binding mismatch'
  | 'capability policy binding mismatch'
  | 'capability budget binding mismatch';

/** HMAC-SHA256 over the canonical form of every field: there is none that can be edited unseen. */
export const signGrant = (grant: Grant, key: SubKey<'grant'>): SignedGrant => ({
  grant,
  signature: macOf(grant, key),
});

/** Checked at approval and before each step. Total: what cannot be checked is refused (attack 120). */
export const verifyGrant = (
  signed: SignedGrant | null | undefined,
  key: SubKey<'grant'>,
  binding: GrantBinding,
): GrantVerdict => {
  try {
    const reason = faultOf(signed, key, binding);
    return reason === undefined ? { ok: true } : { ok: false, reason };
  } catch {
    // It has no canonical form, so it is nothing that was ever signed.
    return { ok: false, reason: 'signature mismatch' };
  }
};

// A grant comes back from the store, or from memory that a fault may have edited. There is one algorithm
// and it is not named in the token, so none can be chosen; the signature covers the expiry that the first
// check reads; the bindings are compared with what the caller knows, not with what the token says.
const faultOf = (
  signed: SignedGrant | null | undefined,
  key: SubKey<'grant'>,
  { taskId, intentHash, policyDigest, budgets, now }: GrantBinding,
): GrantFault | undefined => {
  if (!signed?.grant) return 'missing capability token';
  const { grant, signature } = signed;
  if (!(now <= grant.expires_at)) return 'token expired';
  if (!signature) return 'token not signed';
  if (!equalSecrets(signature, macOf(grant, key))) return 'signature mismatch';
  if (grant.task_id !== taskId) return 'capability task binding mismatch';
  if (grant.intent_hash !== intentHash) return 'capability intent binding mismatch';
  if (grant.policy_digest !== policyDigest) return 'capability policy binding mismatch';
  if (canonicalJson({ ...grant.budget_limits }) !== canonicalJson({ ...budgets })) {
    return 'capability budget binding mismatch';
  }
  return undefined;
};

const macOf = (grant: Grant, key: SubKey<'grant'>): string =>
  createHmac('sha256', key)
    .update(DOMAIN)
    .update(canonicalJson(toJson(grant)))
    .digest('hex');

const toJson = (grant: Grant): JsonObject => ({
  ...grant,
  preferences: { ...grant.preferences },
  budget_limits: { ...grant.budget_limits },
});
