import type { Budgets } from './budget.ts';
import type { ConfigurableAction, Label, Mode, Preference } from './enums.ts';
import type { GrantId, Sha256Hex, TaskId } from './ids.ts';

/** A task's capability token: what the task may touch. Attenuated, never widened (contract section 7). */
export interface Grant {
  readonly token_id: GrantId;
  readonly task_id: TaskId;
  readonly intent_hash: Sha256Hex;
  readonly policy_digest: Sha256Hex;
  readonly nonce: string;
  /** Unix seconds. */
  readonly issued_at: number;
  readonly expires_at: number;
  readonly session_mode: Mode;
  readonly allow_online: boolean;
  readonly sensitivity_ceiling: Label;
  readonly readable_paths: readonly string[];
  readonly writable_paths: readonly string[];
  readonly allowed_tools: readonly string[];
  readonly preferences: Readonly<Partial<Record<ConfigurableAction, Preference>>>;
  readonly budget_limits: Budgets;
}

export interface SignedGrant {
  readonly grant: Grant;
  /** HMAC-SHA256, hex. */
  readonly signature: string;
}
