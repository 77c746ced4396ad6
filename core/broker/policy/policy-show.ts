import type { JsonObject, JsonValue } from '../../vocabulary/json.ts';
import { ALWAYS_DENIED, HARD_APPROVAL } from './action-facts.ts';
import { type AgentPolicy, approvalTtl } from './agent-policy.ts';
import { ALLOW_RULES, ASK_RULES } from './consent-rules.ts';
import { DENY_RULES } from './deny-rules.ts';
import type { Rule } from './rule.ts';

/** The policy in force, with defaults and floors, and the rules in the order in which they are tried. */
export const policyShow = (policy: AgentPolicy): JsonObject => ({
  version: policy.version,
  digest: policy.digest,
  default_mode: policy.defaultMode,
  budgets: forJson(policy.budgets),
  workspace: { readable: policy.readable, writable: policy.writable },
  workspaces: Object.fromEntries(policy.workspaces),
  allowed_tools: policy.allowedTools,
  configurable_defaults: { ...policy.configurableDefaults },
  always_deny: policy.alwaysDeny,
  hard_approval: policy.hardApproval,
  modes: {
    offline_only: modeOf(policy, 'offline_only'),
    standard: modeOf(policy, 'standard'),
    online_assisted: modeOf(policy, 'online_assisted'),
    sensitive: modeOf(policy, 'sensitive'),
  },
  approval_ttl_seconds: policy.approvalTtlSeconds,
  auto_reads: policy.autoReads,
  index: { at_rest: policy.index.atRest },
  logging: {
    log_policy_decisions: policy.logging.policyDecisions,
    log_step_actions: policy.logging.stepActions,
    log_raw_prompts: policy.logging.rawPrompts,
    log_raw_content: policy.logging.rawContent,
    log_file_paths: policy.logging.filePaths,
  },
  worker: {
    sensitive_mode_recycle: policy.worker.sensitiveModeRecycle,
    tmpfs_scratch: policy.worker.tmpfsScratch,
    no_ambient_secrets: policy.worker.noAmbientSecrets,
  },
  floors: { always_deny: ALWAYS_DENIED, hard_approval: HARD_APPROVAL },
  rules: [
    ...DENY_RULES.map(rowOf('deny')),
    ...ASK_RULES.map(rowOf('ask')),
    ...ALLOW_RULES.map(rowOf('allow')),
    {
      rule: 'evaluation_error',
      effect: 'deny',
      says: 'what fails while it is decided is denied',
    },
    { rule: 'default_deny', effect: 'deny', says: 'what no rule allows is denied' },
  ],
});

const modeOf = (policy: AgentPolicy, mode: keyof AgentPolicy['online']): JsonObject => ({
  online: policy.online[mode],
  sensitivity_ceiling: policy.ceilings[mode],
  approval_ttl_seconds: approvalTtl(policy, mode),
});

const rowOf =
  (effect: string) =>
  ({ name, says }: Rule): JsonObject => ({ rule: name, effect, says });

const forJson = (budgets: AgentPolicy['budgets']): JsonValue => ({
  offline_only: { ...budgets.offline_only },
  standard: { ...budgets.standard },
  online_assisted: { ...budgets.online_assisted },
  sensitive: { ...budgets.sensitive },
});
