import type { Action, Risk } from '../../vocabulary/enums.ts';

interface ActionFacts {
  readonly risk: Risk;
  /** True for what leaves this machine. */
  readonly online: boolean;
}

const fact = (risk: Risk, online = false): ActionFacts => ({ risk, online });

/** What each action is, before any policy file speaks (wire contract sections 3 and 8). */
export const ACTION_FACTS: Readonly<Record<Action, ActionFacts>> = {
  local_search: fact('auto'),
  summarize: fact('auto'),
  draft: fact('auto'),
  classify: fact('auto'),
  report: fact('auto'),
  explain_security: fact('auto'),
  read_file: fact('configurable'),
  write_file: fact('configurable'),
  overwrite_file: fact('configurable'),
  tool_invoke: fact('configurable'),
  outbound_request: fact('approval_required', true),
  export_data: fact('approval_required', true),
  trust_change: fact('approval_required'),
  batch_delete: fact('approval_required'),
  widen_scope: fact('approval_required'),
  enable_tool: fact('approval_required'),
  change_security: fact('approval_required'),
};

export const riskOf = (action: Action): Risk => ACTION_FACTS[action].risk;

// INVARIANT: the two floors hold whatever a policy file says; a file can only add to them.

/** Denied always, in every mode. */
export const ALWAYS_DENIED: readonly Action[] = ['change_security'];

/** Asked at least, whatever the preference. */
export const HARD_APPROVAL: readonly Action[] = [
  'outbound_request',
  'export_data',
  'trust_change',
  'batch_delete',
  'widen_scope',
  'enable_tool',
];
