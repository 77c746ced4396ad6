import { AgentError, toAgentError } from '../../../vocabulary/errors.ts';
import type { FirewallPolicy } from '../../../vocabulary/firewall-policy.ts';
import { type PeerAnswer, PeerFailure, type PostToPeer } from './external/peer-power.ts';
import { type PolicyFilePower, readOldPolicy } from './external/policy-file.ts';
import { isReloaded, readVerdict, unavailable } from './external/read-verdict.ts';
import type { FirewallGateway } from './firewall-gateway.ts';
import { toFirewallYaml } from './policy/to-firewall-yaml.ts';

export interface ExternalFirewallDeps {
  readonly post: PostToPeer;
  /** The bearer token as it lies on disk now; undefined where there is none that may be used. */
  readonly token: () => string | undefined;
  readonly policyFile: PolicyFilePower;
  readonly policyPath: string;
  /** For one answer; the rest of a slow one is not awaited. */
  readonly timeoutMs?: number;
}

type State = { readonly ready: true } | { readonly ready: false; readonly reason: string };

const TIMEOUT_MS = 30_000;

/** The tool firewall beside this process, at its loopback address (wire contract section 18). */
export const makeExternalFirewall = (deps: ExternalFirewallDeps): FirewallGateway => {
  const { policyFile, policyPath, timeoutMs = TIMEOUT_MS } = deps;
  let state: State = { ready: false, reason: 'no policy is loaded yet' };
  // Each load is a new era: a yes that was asked for in an earlier one counts for nothing (attack 154).
  let era = 0;
  let loading: Promise<unknown> = Promise.resolve();

  const ask = async (path: string, body: string, signal?: AbortSignal): Promise<PeerAnswer> => {
    const token = deps.token();
    if (token === undefined)
      throw new PeerFailure('there is no usable token for the tool firewall');
    const limit = AbortSignal.timeout(timeoutMs);
    return await deps.post(
      { path, token, body },
      signal === undefined ? limit : AbortSignal.any([signal, limit]),
    );
  };

  /** Undefined where the peer has loaded what the file says, else why not. */
  const reload = async (): Promise<string | undefined> => {
    try {
      const answer = await ask('/v1/reload', '');
      return isReloaded(answer) ? undefined : `it answered status ${answer.status}`;
    } catch (thrown) {
      return reasonOf(thrown);
    }
  };

  const putBack = async (old: Uint8Array | undefined): Promise<boolean> => {
    try {
      if (old === undefined) await policyFile.remove(policyPath);
      else if (!(await isStill(old))) await policyFile.replace(policyPath, old);
    } catch {
      return false;
    }
    return old !== undefined && (await reload()) === undefined;
  };

  // A file that could not be written may well be the old one yet, where none can be written back either.
  const isStill = async (old: Uint8Array): Promise<boolean> => {
    const now = await policyFile.read(policyPath);
    return now !== undefined && Buffer.compare(now, old) === 0;
  };

  const exchange = async (policy: FirewallPolicy): Promise<void> => {
    const before = state;
    era += 1;
    state = { ready: false, reason: 'a policy is being loaded' };
    let old: Uint8Array | undefined;
    try {
      old = await readOldPolicy(policyPath, policyFile);
    } catch (thrown) {
      state = before;
      throw thrown instanceof AgentError
        ? thrown
        : refusal('its file cannot be read', before, thrown);
    }
    const problem = await replaceAndReload(Buffer.from(toFirewallYaml(policy)));
    if (problem === undefined) {
      state = { ready: true };
      return;
    }
    const restored = await putBack(old);
    state =
      restored && before.ready
        ? before
        : { ready: false, reason: `no policy is loaded: ${problem}` };
    throw refusal(problem, state);
  };

  const replaceAndReload = async (bytes: Uint8Array): Promise<string | undefined> => {
    try {
      await policyFile.replace(policyPath, bytes);
    } catch {
      return 'its file cannot be written';
    }
    return await reload();
  };

  return Object.freeze<FirewallGateway>({
    evaluate: async ({ tool, params }, signal) => {
      if (!state.ready) return unavailable(state.reason);
      const asked = era;
      try {
        const answer = await ask('/v1/evaluate', JSON.stringify({ tool, params }), signal);
        const verdict = readVerdict(answer);
        if (verdict.allowed && era !== asked) {
          return unavailable('the policy changed during the call');
        }
        return verdict;
      } catch (thrown) {
        return unavailable(reasonOf(thrown));
      }
    },
    load: (policy) => {
      const mine = loading.then(() => exchange(policy));
      loading = mine.catch(() => {});
      return mine;
    },
    status: () => ({ kind: 'external', ...state }),
  });
};

const reasonOf = (thrown: unknown): string =>
  thrown instanceof PeerFailure ? thrown.message : toAgentError(thrown).message;

const refusal = (problem: string, state: State, cause?: unknown): AgentError =>
  new AgentError({
    code: 'firewall_unavailable',
    message: `the tool firewall did not load the policy: ${problem}; ${
      state.ready ? 'the one before it is in force' : 'no call passes until one is loaded'
    }`,
    cause,
  });
