import { isCapability } from '../../vocabulary/capability.ts';
import type { Decision } from '../../vocabulary/decision.ts';
import { isAction, isMode } from '../../vocabulary/enums.ts';
import { ACTION_FACTS } from './action-facts.ts';
import type { AgentPolicy } from './agent-policy.ts';
import { ALLOW_RULES, ASK_RULES } from './consent-rules.ts';
import { DENY_RULES } from './deny-rules.ts';
import { actionsInvolved, governingPreferences } from './governing-preferences.ts';
import type { PolicyRequest } from './policy-request.ts';
import type { Facts } from './rule.ts';

const DEFAULT_DENY: Decision = {
  effect: 'deny',
  rule: 'default_deny',
  reason: 'no rule allows this',
  remedy: null,
};

const EVALUATION_ERROR: Decision = {
  effect: 'deny',
  rule: 'evaluation_error',
  reason: 'the request could not be evaluated and is denied',
  remedy: 'submit the task again',
};

/**
 * Whether a step may run: pure and total. Deny wins over ask, ask over allow; what no rule allows is
 * denied, and so is what fails while it is decided (attack 130).
 */
export const decide = (request: PolicyRequest, policy: AgentPolicy): Decision => {
  try {
    const facts = factsOf(request, policy);
    return facts === undefined ? DEFAULT_DENY : judge(facts);
  } catch {
    return EVALUATION_ERROR;
  }
};

const judge = (facts: Facts): Decision => {
  for (const { name, match } of DENY_RULES) {
    const found = match(facts);
    if (found !== undefined) {
      const { reason, remedy = null } = found;
      return { effect: 'deny', rule: name, reason, remedy };
    }
  }
  for (const { name, match } of ASK_RULES) {
    const found = match(facts);
    if (found !== undefined) return { effect: 'ask', rule: name, reason: found.reason };
  }
  for (const { name, match } of ALLOW_RULES) {
    const found = match(facts);
    if (found !== undefined) return { effect: 'allow', rule: name, reason: found.reason };
  }
  return DEFAULT_DENY;
};

const factsOf = (request: PolicyRequest, policy: AgentPolicy): Facts | undefined => {
  const { action, grant, resolution } = request;
  const mode = grant.session_mode;
  if (!isAction(action) || !isMode(mode)) return undefined;
  const resources = resolution.ok === true ? resolution.resources : [];
  const known = resources.filter(({ capability }) => isCapability(capability));
  const involved = actionsInvolved(action, known);
  const preferences = governingPreferences(involved, grant, policy);
  return {
    request,
    policy,
    mode,
    risk: ACTION_FACTS[action].risk,
    resources,
    involved,
    preferences,
  };
};
