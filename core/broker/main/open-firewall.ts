import type { Log } from '../../vocabulary/log.ts';
import { makeEmbeddedFirewall } from '../gateway/firewall/embedded-firewall.ts';
import type { PostToPeer } from '../gateway/firewall/external/peer-power.ts';
import type { PolicyFilePower } from '../gateway/firewall/external/policy-file.ts';
import { makeExternalFirewall } from '../gateway/firewall/external-firewall.ts';
import type { FirewallRecord } from '../gateway/firewall/firewall-engine.ts';
import type { FirewallGateway } from '../gateway/firewall/firewall-gateway.ts';
import type { LookAtName } from '../gateway/firewall/paths/resolve-path.ts';
import type { Config, SecretSource } from './config.ts';
import type { Powers } from './powers.ts';
import type { SecretFilePower } from './secret-file.ts';
import { readToken } from './token-files.ts';

/** The effects that a tool firewall has. */
export interface FirewallPowers {
  readonly look: LookAtName;
  readonly postTo: (port: number) => PostToPeer;
  readonly policyFile: PolicyFilePower;
}

interface FirewallDeps {
  readonly config: Pick<Config, 'firewall'>;
  readonly powers: Pick<Powers, 'firewall' | 'elapsed' | 'secrets'>;
  /** Writes a verdict into the audit log; rejects where that fails, and the call is then refused. */
  readonly record: (record: FirewallRecord) => Promise<void>;
  /** Whether the audit log may hold names of files. */
  readonly showPaths: boolean;
  readonly log: Log;
}

/** The tool firewall that the configuration chose, without a policy yet: every call is refused until `load`. */
export const openFirewall = ({
  config: { firewall },
  powers,
  record,
  showPaths,
  log,
}: FirewallDeps): FirewallGateway => {
  switch (firewall.kind) {
    case 'embedded':
      return makeEmbeddedFirewall({
        look: powers.firewall.look,
        elapsed: powers.elapsed,
        record,
        showPaths,
      });
    case 'external':
      return makeExternalFirewall({
        post: powers.firewall.postTo(Number(new URL(firewall.url).port)),
        token: tokenReader(firewall.token, powers.secrets, log),
        policyFile: powers.firewall.policyFile,
        policyPath: firewall.policyPath,
      });
    default: {
      const unknown: never = firewall;
      throw new Error(`unknown firewall ${String(unknown)}`);
    }
  }
};

// Read at each call, so that a token can be changed without a restart.
const tokenReader =
  (source: SecretSource, secrets: SecretFilePower, log: Log): (() => string | undefined) =>
  () => {
    const read = readToken(source, source.variable, secrets);
    if (read.ok) return read.token;
    log.warn({ problem: read.problem }, 'the token for the tool firewall cannot be used');
    return undefined;
  };
