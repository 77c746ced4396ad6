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

/** The one rule that matched; each is a row of `policy show`. */
export const RULES = [
  'token_expired',
  'always_deny',
  'no_executor',
  'mode_blocks_online',
  'online_not_enabled',
  'read_scope',
  'write_scope',
  'unresolvable',
  'sensitivity_ceiling',
  'preference_never',
  'preference_always',
  'preference_ask',
  'auto',
  'auto_reads_ask',
  'hard_approval',
  'tool_not_allowed',
  'evaluation_error',
  'default_deny',
] as const;
export type RuleName = (typeof RULES)[number];
