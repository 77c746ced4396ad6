import type { Log } from '../../vocabulary/log.ts';
import { makeEmbeddedFirewall } from '../gateway/firewall/embedded-firewall.ts';
import type { FirewallRecord } from '../gateway/firewall/firewall-engine.ts';
import type { FirewallGateway } from '../gateway/firewall/firewall-gateway.ts';
import type { LookAtName } from '../gateway/firewall/paths/resolve-path.ts';
import type { Config } from './config.ts';
import type { Powers } from './powers.ts';
import type { OnClose } from './teardown.ts';

/** The effects that a tool firewall has. */
export interface FirewallPowers {
  readonly look: LookAtName;
}

interface FirewallDeps {
  readonly config: Pick<Config, 'firewall'>;
  readonly powers: Pick<Powers, 'firewall' | 'elapsed' | 'secrets'>;
  /** Writes a verdict into the audit log; rejects where that fails, and the call is then refused. */
  readonly record: (record: FirewallRecord) => Promise<void>;
  /** Whether the audit log may hold names of files. */
  readonly showPaths: boolean;
  readonly log: Log;
  readonly onClose: OnClose;
}

/** The tool firewall that the configuration chose, without a policy yet: every call is refused until `load`. */
export const openFirewall = ({ powers, record, showPaths }: FirewallDeps): FirewallGateway =>
  makeEmbeddedFirewall({
    look: powers.firewall.look,
    elapsed: powers.elapsed,
    record,
    showPaths,
  });
