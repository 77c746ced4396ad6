import type { Budgets } from '../../vocabulary/budget.ts';
import type {
  Action,
  ConfigurableAction,
  Label,
  Mode,
  Preference,
} from '../../vocabulary/enums.ts';

/** The policy file as it stands on disk: what `schemas/agent-policy.schema.json` admits. */
export interface PolicyFile {
  readonly version: 1;
  readonly default_mode?: Mode;
  readonly budgets?: Readonly<Partial<Record<Mode, Budgets>>>;
  readonly workspace: {
    readonly readable: readonly string[];
    readonly writable: readonly string[];
  };
  readonly allowed_tools?: readonly string[];
  readonly configurable_defaults?: Readonly<Partial<Record<ConfigurableAction, Preference>>>;
  readonly always_deny?: readonly Action[];
  readonly hard_approval?: readonly Action[];
  readonly worker?: Readonly<Partial<Record<(typeof WORKER_KEYS)[number], boolean>>>;
  readonly logging?: Readonly<Partial<Record<LoggingKey, boolean>>>;
  readonly modes?: Readonly<Partial<Record<Mode, ModeOptions>>>;
  readonly workspaces?: Readonly<Record<string, string>>;
  readonly approval_ttl_seconds?: number;
  readonly auto_reads?: 'allow' | 'ask';
  readonly index?: { readonly at_rest: boolean };
}

type LoggingKey =
  | 'log_policy_decisions'
  | 'log_step_actions'
  | 'log_raw_prompts'
  | 'log_raw_content'
  | 'log_file_paths';

interface ModeOptions {
  readonly online?: boolean;
  readonly sensitivity_ceiling?: Label;
}

export const WORKER_KEYS = [
  'sensitive_mode_recycle',
  'tmpfs_scratch',
  'no_ambient_secrets',
] as const;
