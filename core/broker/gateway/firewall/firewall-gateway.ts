import type { FirewallPolicy } from '../../../vocabulary/firewall-policy.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';

/** What the tool firewall says of one call. Anything but a clear yes is a denial with its code. */
export type FirewallVerdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly code: 'firewall_denied' | 'firewall_unavailable';
      readonly reason: string;
    };

/** The tool firewall, inside this process or beside it. It decides; it runs nothing. */
export interface FirewallGateway {
  /**
   * Asks for one call: the exact id of the tool, and its arguments with each resource as the absolute path
   * that was resolved. Never rejects: silence, a malformed answer or an error is `firewall_unavailable`.
   */
  evaluate(
    call: { readonly tool: string; readonly params: JsonObject },
    signal: AbortSignal,
  ): Promise<FirewallVerdict>;
  /**
   * Puts a policy in force. Resolves once the firewall has loaded it; until then, and where it refuses,
   * the old one stays whole (attack 216).
   * @throws AgentError `firewall_unavailable`
   */
  load(policy: FirewallPolicy): Promise<void>;
  status(): FirewallStatus;
}

export interface FirewallStatus {
  readonly kind: 'embedded' | 'external';
  /** True once a policy is in force. */
  readonly ready: boolean;
  /** Why it is not. */
  readonly reason?: string;
}
