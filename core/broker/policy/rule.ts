import type { RuleName } from '../../vocabulary/decision.ts';
import type { Action, Mode, Risk } from '../../vocabulary/enums.ts';
import type { Resource } from '../../vocabulary/resource.ts';
import type { AgentPolicy } from './agent-policy.ts';
import type { GoverningPreference } from './governing-preferences.ts';
import type { PolicyRequest } from './policy-request.ts';

/** A request with what the rules ask of it worked out once. */
export interface Facts {
  readonly request: PolicyRequest;
  readonly policy: AgentPolicy;
  readonly mode: Mode;
  readonly risk: Risk;
  /** Empty where a name did not resolve; the rule `unresolvable` has denied by then. */
  readonly resources: readonly Resource[];
  /** The action and those that govern its capabilities. */
  readonly involved: readonly Action[];
  readonly preferences: readonly GoverningPreference[];
}

/** Why a rule matched, and what the user could do about a denial. */
export interface Match {
  readonly reason: string;
  readonly remedy?: string | null;
}

/** One rule of policy: pure, and undefined where it has nothing to say. */
export interface Rule {
  readonly name: RuleName;
  /** The rule in words, for `policy show`. */
  readonly says: string;
  readonly match: (facts: Facts) => Match | undefined;
}
