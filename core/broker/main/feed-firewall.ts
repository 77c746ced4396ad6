import type { Log } from '../../vocabulary/log.ts';
import type { InstalledStep } from '../../vocabulary/manifest.ts';
import { type FeedOptions, feedFirewall } from '../catalog/firewall-feed.ts';
import type { FirewallGateway } from '../gateway/firewall/firewall-gateway.ts';
import type { AgentPolicy } from '../policy/agent-policy.ts';

interface FeedDeps {
  readonly firewall: Pick<FirewallGateway, 'load'>;
  readonly policy: Pick<AgentPolicy, 'readable' | 'writable' | 'workspaces'>;
  readonly blocked: NonNullable<FeedOptions['blocked']>;
  readonly log: Log;
}

/**
 * Puts the policy that follows from the enabled tools in force, at the start and at each change of them.
 * @throws AgentError `firewall_unavailable` where the firewall does not load it; its old one stays (attack 216)
 */
export type FeedFirewall = (tools: readonly InstalledStep[]) => Promise<void>;

export const makeFeedFirewall = ({ firewall, policy, blocked, log }: FeedDeps): FeedFirewall => {
  const { readable, writable, workspaces } = policy;
  // A request may name any workspace: which of them this one may read, its grant says.
  const scopes = { readable: [...new Set([...readable, ...workspaces.values()])], writable };
  return async (tools) => {
    const { policy: fed, withheld } = feedFirewall(tools, scopes, { blocked });
    for (const { tool, findings } of withheld) {
      log.warn({ tool, findings }, 'the tool firewall cannot hold this tool; it is not allowed');
    }
    await firewall.load(fed);
  };
};
