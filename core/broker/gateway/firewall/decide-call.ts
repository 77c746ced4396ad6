import type { AllowedTool, FirewallPolicy } from '../../../vocabulary/firewall-policy.ts';
import { pathFault, type ResolvePath } from './paths/check-paths.ts';
import type { RateLimit } from './rate-limit.ts';
import type { ArgumentObject } from './request/argument.ts';
import { type BoundedArguments, boundArguments } from './request/bounded-arguments.ts';
import type { StatedCall } from './request/parse-call.ts';
import { isPlainName } from './request/plain-name.ts';
import { argumentFault } from './rules/check-arguments.ts';
import type { MatchPattern } from './rules/check-type.ts';
import { compilePattern } from './rules/compile-pattern.ts';

/** A verdict as the wire has it: a reason only where the answer is no (wire contract section 18). */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string };

/** A verdict, and what it was about where that kept within the bounds. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly params: ArgumentObject | null;
}

export interface FirewallDecision {
  readonly policy: FirewallPolicy;
  decide(call: StatedCall): Promise<Judgement>;
}

interface DecisionDeps {
  /** Shared by all policies that are in force one after the other. */
  readonly rateLimit: RateLimit;
  readonly resolve: ResolvePath;
}

/** The peer's decision under one policy, in its order (wire contract sections 18, 32.15 to 32.19). */
export const makeFirewallDecision = (
  policy: FirewallPolicy,
  { rateLimit, resolve }: DecisionDeps,
): FirewallDecision => {
  const denied = new Set(policy.deny.map(({ name }) => name));
  const allowed = new Map<string, AllowedTool>();
  // Of a tool that stands twice the first entry counts.
  for (const tool of policy.allow) if (!allowed.has(tool.name)) allowed.set(tool.name, tool);
  const patterns = new Map(
    policy.allow
      .flatMap(({ args = [] }) => args.map(({ pattern = '' }) => pattern))
      .map((pattern) => [pattern, compilePattern(pattern)]),
  );
  const matches: MatchPattern = (pattern, text) => patterns.get(pattern)?.(text) === true;

  const faultOf = async (tool: string, bounded: BoundedArguments): Promise<string | undefined> => {
    // Names are compared as they stand: another case, a blank or a look-alike is another tool, and what is
    // not on the list is not allowed (attack 150). A malformed call costs no token, an unknown tool does.
    if (!isPlainName(tool)) return 'invalid tool name';
    if (!bounded.ok) return bounded.reason;
    if (!rateLimit.take(policy.rate_limit)) return 'rate limit exceeded';
    if (denied.has(tool)) return 'tool is explicitly denied';
    if (policy.default !== 'deny') return 'invalid policy default';
    const rules = allowed.get(tool);
    if (rules === undefined) return 'tool not in allowlist';
    const { params } = bounded;
    return argumentFault(params, rules, matches) ?? (await pathFault(params, rules, resolve));
  };

  return Object.freeze<FirewallDecision>({
    policy,
    decide: async ({ tool, params }) => {
      const bounded = boundArguments(params);
      const reason = await faultOf(tool, bounded);
      return {
        verdict: reason === undefined ? { allowed: true } : { allowed: false, reason },
        params: bounded.ok ? bounded.params : null,
      };
    },
  });
};
