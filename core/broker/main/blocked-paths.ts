import { dirname, join } from 'node:path';
import { MODULE_FOLDERS, PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import type { Config } from './config.ts';

/**
 * What no task may read, write, list or find, whatever its scopes say: the system's accounts, and all
 * that the agent itself is made of (wire contract section 10, attack 114).
 */
export const blockedPaths = (config: Config): readonly string[] => {
  const secrets = [
    config.uiToken,
    config.containmentToken,
    config.operatorToken,
    config.signingKey,
    config.auditKey,
    config.airlock.token,
    config.registry.token,
    config.toolFirewall.token,
  ].flatMap((source) => (source === null ? [] : [source.path]));
  const folders = [
    // Archives and checkpoint lie beside the log, the database and kept versions in the state folder.
    dirname(config.auditLogPath),
    dirname(config.taskDatabasePath),
    dirname(config.containmentStatePath),
    // Who writes there installs plugins; who writes here says whose word counts.
    config.pluginDir,
    config.trustStorePath,
  ].filter((folder) => folder !== '/');
  const { firewall } = config;
  const policies = [
    config.policyPath,
    ...(firewall.kind === 'external' ? [firewall.policyPath] : []),
  ];
  const own = [...secrets, ...folders, ...policies, config.auditLogPath];
  return [...new Set([...SYSTEM, ...PROGRAM, ...own])];
};

const SYSTEM: readonly string[] = [
  '/etc/shadow',
  '/etc/passwd',
  '/etc/secure-ai/policy',
  '/run/secure-ai/service-token',
  '/run/credentials',
  '/var/lib/secure-ai/credentials',
];

// A cell loads all of this before it is locked, and the next broker runs it: who may write there is the agent.
const PROGRAM: readonly string[] = [
  ...['dist', 'plugins', 'sandbox-profiles', 'schemas', 'package.json'].map((name) =>
    join(PACKAGE_ROOT, name),
  ),
  ...MODULE_FOLDERS,
  process.execPath,
];
