import { AgentError } from '../../../vocabulary/errors.ts';
import type { FirewallPolicy } from '../../../vocabulary/firewall-policy.ts';
import { type EngineDeps, type Evaluation, makeFirewallEngine } from './firewall-engine.ts';
import type { FirewallGateway, FirewallVerdict } from './firewall-gateway.ts';
import { parseFirewallPolicy } from './policy/parse-firewall-policy.ts';
import { toFirewallYaml } from './policy/to-firewall-yaml.ts';

/** The tool firewall inside the broker: the default on a single machine. */
export const makeEmbeddedFirewall = (deps: EngineDeps): FirewallGateway => {
  const engine = makeFirewallEngine(deps);
  let problem: string | undefined = 'no policy is loaded yet';
  return Object.freeze<FirewallGateway>({
    evaluate: async ({ tool, params }, signal) => {
      // A request in bytes, as the peer would get it: one reader and one set of limits for both.
      try {
        const evaluating = engine.evaluate(Buffer.from(JSON.stringify({ tool, params })));
        return toVerdict(await unlessAborted(evaluating, signal));
      } catch {
        return unavailable(signal.aborted ? 'the call was stopped' : 'the firewall failed');
      }
    },
    load: async (policy) => {
      try {
        engine.load(checked(policy));
        problem = undefined;
      } catch (cause) {
        const message = 'the tool firewall refuses this policy; the one before it stays in force';
        throw new AgentError({ code: 'firewall_unavailable', message, cause });
      }
    },
    status: () => ({
      kind: 'embedded',
      ready: problem === undefined,
      ...(problem === undefined ? {} : { reason: problem }),
    }),
  });
};

// What a peer would load is what its file says: a policy that does not survive the file is refused here too.
const checked = (policy: FirewallPolicy): FirewallPolicy =>
  parseFirewallPolicy(toFirewallYaml(policy), 'the policy');

const toVerdict = (evaluation: Evaluation): FirewallVerdict => {
  switch (evaluation.kind) {
    case 'verdict':
      return evaluation.verdict.allowed
        ? { allowed: true }
        : { allowed: false, code: 'firewall_denied', reason: evaluation.verdict.reason };
    case 'malformed':
      return { allowed: false, code: 'firewall_denied', reason: evaluation.text };
    case 'unrecorded':
      return unavailable('audit service unavailable');
    case 'no_policy':
      return unavailable('no policy is in force for this call');
    default: {
      const unknown: never = evaluation;
      throw new Error(`unknown evaluation ${String(unknown)}`);
    }
  }
};

const unavailable = (reason: string): FirewallVerdict => ({
  allowed: false,
  code: 'firewall_unavailable',
  reason,
});

const unlessAborted = async <Value>(
  running: Promise<Value>,
  signal: AbortSignal,
): Promise<Value> => {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new Error('aborted'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([running, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
