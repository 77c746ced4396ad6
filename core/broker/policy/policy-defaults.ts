import type { Budgets } from '../../vocabulary/budget.ts';
import type { Label, Mode } from '../../vocabulary/enums.ts';

// What holds where the policy file leaves a key out: the values that the predecessor ships (wire contract
// sections 1, 6, 7 and 9), of which none is looser than asking. Scopes have no default: a file states them.

export const DEFAULT_APPROVAL_SECONDS = 900;

export const DEFAULT_WORKSPACES: Readonly<Record<string, string>> = {
  user_docs: '/var/lib/secure-ai/vault/user_docs',
  outputs: '/var/lib/secure-ai/vault/outputs',
};

export const DEFAULT_ONLINE: Readonly<Record<Mode, boolean>> = {
  offline_only: false,
  standard: false,
  online_assisted: true,
  sensitive: false,
};

export const DEFAULT_CEILINGS: Readonly<Record<Mode, Label>> = {
  offline_only: 'medium',
  standard: 'medium',
  online_assisted: 'medium',
  sensitive: 'high',
};

const STANDARD: Budgets = {
  max_steps: 30,
  max_tool_calls: 80,
  max_tokens: 32_000,
  max_wall_clock_seconds: 600,
  max_files_touched: 20,
  max_output_bytes: 1_048_576,
};

export const DEFAULT_BUDGETS: Readonly<Record<Mode, Budgets>> = {
  offline_only: { ...STANDARD, max_steps: 20, max_tool_calls: 50, max_wall_clock_seconds: 300 },
  standard: STANDARD,
  online_assisted: STANDARD,
  sensitive: {
    max_steps: 10,
    max_tool_calls: 20,
    max_tokens: 16_000,
    max_wall_clock_seconds: 120,
    max_files_touched: 5,
    max_output_bytes: 524_288,
  },
};
