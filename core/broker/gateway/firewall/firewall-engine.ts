import type { FirewallPolicy } from '../../../vocabulary/firewall-policy.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import { type FirewallDecision, makeFirewallDecision, type Verdict } from './decide-call.ts';
import { type LookAtName, resolvePath } from './paths/resolve-path.ts';
import { makeRateLimit } from './rate-limit.ts';
import { redactArguments } from './redact-arguments.ts';
import { parseCall } from './request/parse-call.ts';

/** One verdict as the firewall's own log keeps it. */
export interface FirewallRecord {
  readonly tool: string;
  /** Redacted; null where the arguments left their bounds. */
  readonly params: JsonObject | null;
  readonly allowed: boolean;
  readonly reason?: string;
}

export interface EngineDeps {
  readonly look: LookAtName;
  /** A folder that stands for `/`, in tests. */
  readonly root?: string;
  /** Milliseconds of a clock that nobody sets. */
  readonly elapsed: () => number;
  /** Writes a verdict down before it is given; rejects where that fails. */
  readonly record: (record: FirewallRecord) => Promise<void>;
  /** False where no log may hold the name of a file. */
  readonly showPaths: boolean;
}

export type Evaluation =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'malformed'; readonly status: 400 | 413; readonly text: string }
  /** Allowed by the rules, and not by a log that cannot be written. */
  | { readonly kind: 'unrecorded' }
  /** No policy is in force, or another one came into force meanwhile (attack 154). */
  | { readonly kind: 'no_policy' };

export interface FirewallStats {
  readonly allowedTools: number;
  readonly deniedTools: number;
  readonly totalRequests: number;
  readonly deniedRequests: number;
}

/** The peer's firewall without its socket: the same verdicts in this process. */
export interface FirewallEngine {
  /** @throws Error for a pattern that is no RE2; the policy before it stays in force */
  load(policy: FirewallPolicy): void;
  isLoaded(): boolean;
  /** Judges the body of an evaluate request. */
  evaluate(body: Uint8Array): Promise<Evaluation>;
  stats(): FirewallStats;
}

export const makeFirewallEngine = (deps: EngineDeps): FirewallEngine => {
  const rateLimit = makeRateLimit(deps.elapsed);
  const resolve = (path: string) => resolvePath(path, deps.look, deps.root);
  let inForce: FirewallDecision | undefined;
  let total = 0;
  let denied = 0;

  const record = async (entry: FirewallRecord): Promise<boolean> => {
    try {
      await deps.record(entry);
      return true;
    } catch {
      return false;
    }
  };

  return Object.freeze<FirewallEngine>({
    load: (policy) => {
      inForce = makeFirewallDecision(policy, { rateLimit, resolve });
    },
    isLoaded: () => inForce !== undefined,
    evaluate: async (body) => {
      const decision = inForce;
      if (decision === undefined) return { kind: 'no_policy' };
      const reading = parseCall(body);
      if (!reading.ok) return { kind: 'malformed', status: reading.status, text: reading.text };
      total += 1;
      const { tool } = reading.call;
      const { verdict, params } = await decision.decide(reading.call);
      if (!verdict.allowed) denied += 1;
      const { policy } = decision;
      const { showPaths } = deps;
      const written = await record({
        tool: tool.slice(0, LONGEST_TOOL),
        params: params && redactArguments(params, tool, policy, { showPaths }),
        ...verdict,
      });
      if (verdict.allowed && !written) return { kind: 'unrecorded' };
      if (verdict.allowed && decision !== inForce) return { kind: 'no_policy' };
      return { kind: 'verdict', verdict };
    },
    stats: () => ({
      allowedTools: inForce?.policy.allow.length ?? 0,
      deniedTools: inForce?.policy.deny.length ?? 0,
      totalRequests: total,
      deniedRequests: denied,
    }),
  });
};

const LONGEST_TOOL = 256;
