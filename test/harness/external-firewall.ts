import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ExternalFirewallDeps,
  makeExternalFirewall,
} from '../../core/broker/gateway/firewall/external-firewall.ts';
import type {
  FirewallGateway,
  FirewallVerdict,
} from '../../core/broker/gateway/firewall/firewall-gateway.ts';
import { makePolicyFilePowers } from '../../core/broker/main/powers/policy-file.ts';
import { makePostToPeer } from '../../core/broker/main/powers/post-to-peer.ts';
import type { FirewallPolicy } from '../../core/vocabulary/firewall-policy.ts';
import type { Cleanup } from './agent-folder.ts';
import { type StrictFirewall, startStrictFirewall } from './strict-firewall.ts';

/** The external gateway with its real powers before a strict peer. */
export interface FirewallPair {
  readonly peer: StrictFirewall;
  readonly firewall: FirewallGateway;
  readonly policyPath: string;
  ask(tool: string): Promise<FirewallVerdict>;
}

const TOKEN = 'a token of more than thirty-two bytes';

export const makeFirewallPair = async (
  t: Cleanup,
  overrides: Partial<ExternalFirewallDeps> = {},
): Promise<FirewallPair> => {
  const folder = await mkdtemp(join(tmpdir(), 'peer-'));
  t.after(() => rm(folder, { recursive: true }));
  const policyPath = join(folder, 'policy.yaml');
  const peer = await startStrictFirewall(t, { token: TOKEN, policyPath });
  const firewall = makeExternalFirewall({
    post: makePostToPeer(peer.port),
    token: () => TOKEN,
    policyFile: makePolicyFilePowers(),
    policyPath,
    timeoutMs: 5_000,
    ...overrides,
  });
  return {
    peer,
    firewall,
    policyPath,
    ask: (tool) => firewall.evaluate({ tool, params: {} }, AbortSignal.timeout(20_000)),
  };
};

/** A policy that allows just these tools, without arguments. */
export const policyFor = (...tools: readonly string[]): FirewallPolicy => ({
  version: 1,
  default: 'deny',
  rate_limit: { requests_per_minute: 120, burst_size: 20 },
  allow: tools.map((name) => ({ name, args: [] })),
  deny: [],
});
