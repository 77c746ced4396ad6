import { ACTION_FACTS, ALWAYS_DENIED } from './action-facts.ts';
import { RESOURCE_RULES } from './resource-rules.ts';
import type { Facts, Match, Rule } from './rule.ts';

// A plan may come from a model that read hostile text: its action, its names and its label are all the
// attacker's to choose. Nothing in it can loosen a rule; what a rule does not understand, it denies.

const tokenExpired = ({ request: { now, grant } }: Facts): Match | undefined =>
  // Written so that a time that is no number has expired too.
  now <= grant.expires_at
    ? undefined
    : { reason: 'capability token expired', remedy: 'submit the task again' };

const alwaysDeny = ({ policy, involved }: Facts): Match | undefined => {
  const floor = involved.find((action) => ALWAYS_DENIED.includes(action));
  if (floor !== undefined) return { reason: `action '${floor}' is always denied`, remedy: null };
  const listed = involved.find((action) => policy.alwaysDeny.includes(action));
  return listed === undefined
    ? undefined
    : {
        reason: `action '${listed}' is always denied by the policy file`,
        remedy: 'ask the administrator whether `always_deny` should hold this action',
      };
};

const noExecutor = ({ request: { action, installed } }: Facts): Match | undefined =>
  installed === true
    ? undefined
    : {
        reason: `action '${action}' has no production executor and is denied`,
        remedy: 'state an intent that needs only installed actions',
      };

const modeBlocksOnline = ({ request: { action }, mode }: Facts): Match | undefined => {
  if (!ACTION_FACTS[action].online) return undefined;
  const remedy = 'submit the task in the mode `online_assisted`';
  if (mode === 'offline_only') {
    return { reason: 'offline-only mode blocks all online actions', remedy };
  }
  return mode === 'sensitive'
    ? { reason: 'sensitive mode blocks all online actions', remedy }
    : undefined;
};

const onlineNotEnabled = ({ request, policy, mode }: Facts): Match | undefined => {
  if (!ACTION_FACTS[request.action].online) return undefined;
  if (policy.online[mode] === true && request.grant.allow_online === true) return undefined;
  return mode === 'standard'
    ? {
        reason: 'online augmentation not enabled for this session',
        remedy: 'submit the task in the mode `online_assisted`',
      }
    : { reason: 'capability token does not allow online access', remedy: null };
};

// Exact names only: another case, a space or a look-alike is the name of another tool (attack 150).
const toolNotEnabled = ({ request: { action, tool, toolEnabled } }: Facts): Match | undefined =>
  action !== 'tool_invoke' || (tool !== undefined && toolEnabled === true)
    ? undefined
    : {
        reason: `tool '${tool ?? ''}' is not enabled`,
        remedy: 'name a tool of an enabled plugin by its exact id',
      };

const toolNotAllowed = ({ request: { action, tool, grant } }: Facts): Match | undefined =>
  action !== 'tool_invoke' || (tool !== undefined && grant.allowed_tools.includes(tool))
    ? undefined
    : {
        reason: `tool '${tool ?? ''}' not in allowed tools`,
        remedy: 'name a tool that the policy file allows',
      };

const preferenceNever = ({ preferences }: Facts): Match | undefined => {
  const never = preferences.find(({ preference }) => preference === 'never');
  return never === undefined
    ? undefined
    : {
        reason: `user preference: never allow '${never.action}'`,
        remedy: `submit the task with the preference \`${never.action}: ask\``,
      };
};

/** Denials, in the order in which they are tried: the first that matches is the answer. */
export const DENY_RULES: readonly Rule[] = [
  { name: 'token_expired', says: 'an expired grant allows nothing', match: tokenExpired },
  {
    name: 'always_deny',
    says: 'change_security and what the policy file lists under always_deny never happens',
    match: alwaysDeny,
  },
  {
    name: 'no_executor',
    says: 'an action that no installed plugin executes is denied',
    match: noExecutor,
  },
  {
    name: 'mode_blocks_online',
    says: 'nothing leaves the machine in the modes offline_only and sensitive',
    match: modeBlocksOnline,
  },
  {
    name: 'online_not_enabled',
    says: 'online actions need a mode that the policy file has online',
    match: onlineNotEnabled,
  },
  {
    name: 'tool_not_enabled',
    says: 'a tool must be installed and enabled under exactly the name that is used',
    match: toolNotEnabled,
  },
  {
    name: 'tool_not_allowed',
    says: 'a tool must stand under allowed_tools, by its exact name',
    match: toolNotAllowed,
  },
  ...RESOURCE_RULES,
  {
    name: 'preference_never',
    says: 'a preference `never` denies its action and every capability that it governs',
    match: preferenceNever,
  },
];
