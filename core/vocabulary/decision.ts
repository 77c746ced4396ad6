/** The answer of policy: a value, never an exception. */
export type Decision =
  | { readonly effect: 'allow'; readonly rule: RuleName; readonly reason: string }
  | { readonly effect: 'ask'; readonly rule: RuleName; readonly reason: string }
  | {
      readonly effect: 'deny';
      readonly rule: RuleName;
      readonly reason: string;
      /** What the user could do about it; null where nothing helps. */
      readonly remedy: string | null;
    };

/** The one rule that matched, in the order in which they are tried; each is a row of `policy show`. */
export const RULES = [
  'token_expired',
  'always_deny',
  'no_executor',
  'mode_blocks_online',
  'online_not_enabled',
  'tool_not_enabled',
  'tool_not_allowed',
  'unresolvable',
  'unknown_capability',
  'no_gateway',
  'read_scope',
  'write_scope',
  'auto_never_writes',
  'sensitivity_ceiling',
  'preference_never',
  'hard_approval',
  'auto_reads_ask',
  'preference_ask',
  'preference_always',
  'auto',
  'evaluation_error',
  'default_deny',
] as const;
export type RuleName = (typeof RULES)[number];
