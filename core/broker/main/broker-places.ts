import { dirname, join } from 'node:path';
import type { AgentPolicy } from '../policy/agent-policy.ts';
import type { Config, PeerConfig, SecretSource } from './config.ts';

/** What the placeholders of the broker's Landlock profile stand for. */
export interface BrokerPlaces {
  readonly folders: ReadonlyMap<string, readonly string[]>;
  readonly ports: ReadonlyMap<string, readonly number[]>;
}

/** Where the broker keeps what outlasts it: the database and kept versions, the log, the freeze, the plugins. */
export const stateFolders = (config: Config): readonly string[] => [
  ...foldersOf([config.taskDatabasePath, config.auditLogPath, config.containmentStatePath]),
  config.pluginDir,
];

export const restoreFolder = (config: Config): string =>
  join(dirname(config.taskDatabasePath), 'restore');

// Only the external tool firewall has a policy file, and only its policy is ours to write.
const firewallFolder = ({ firewall }: Config): readonly string[] =>
  firewall.kind === 'external' ? foldersOf([firewall.policyPath]) : [];

export const socketFolder = ({ address }: Config): readonly string[] =>
  address.kind === 'unix' ? foldersOf([address.path]) : [];

/**
 * The places and ports that this configuration and policy need, and no other. Secrets and the policy are
 * named by their folders, because a file that is replaced is another file; a folder that does not exist
 * yet when the broker locks itself stays out of reach until it starts again.
 */
export const brokerPlaces = (config: Config, policy: AgentPolicy): BrokerPlaces => ({
  folders: new Map([
    ['@readable', policy.readable],
    ['@writable', policy.writable],
    ['@state', [...stateFolders(config), ...firewallFolder(config)]],
    [
      '@secrets',
      [...foldersOf([...secretFiles(config), config.policyPath]), config.trustStorePath],
    ],
    ['@socket_folder', socketFolder(config)],
  ]),
  ports: new Map([
    ['@peers', [...new Set(peers(config).map(portOf))]],
    ['@listen', config.address.kind === 'tcp' ? [config.address.port] : []],
  ]),
});

// A file in the root folder would open every other one with it; it stays out of reach instead.
const foldersOf = (files: readonly string[]): readonly string[] =>
  [...new Set(files.map(dirname))].filter((folder) => folder !== '/');

const peers = (config: Config): readonly PeerConfig[] => [
  config.inference,
  config.toolFirewall,
  config.airlock,
  config.registry,
  config.searchMediator,
];

const secretFiles = (config: Config): readonly string[] => {
  const sources: readonly (SecretSource | null)[] = [
    config.uiToken,
    config.containmentToken,
    config.operatorToken,
    config.signingKey,
    config.auditKey,
    ...peers(config).map(({ token }) => token),
  ];
  return sources.flatMap((source) => (source === null ? [] : [source.path]));
};

/** A URL leaves the port of its scheme out. */
const HTTP_PORT = 80;
const portOf = ({ url }: PeerConfig): number => Number(new URL(url).port || HTTP_PORT);
