import { dirname } from 'node:path';
import type { Log } from '../../vocabulary/log.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { readTrustStore } from '../catalog/package/read-trust-store.ts';
import { openPluginStore } from '../catalog/store/open-plugin-store.ts';
import type { PluginStore } from '../catalog/store/plugin-store.ts';
import { deriveKey } from '../grant/derive-key.ts';
import type { Config } from './config.ts';
import type { Powers } from './powers.ts';

/**
 * The plugins of the program and those that an operator installed, before the first task can ask for one.
 * @throws AgentError `store_unavailable`, `manifest`
 */
export const openPlugins = async (
  config: Config,
  signingKey: Uint8Array,
  powers: Powers,
  audit: AuditLog,
  log: Log,
): Promise<PluginStore> =>
  openPluginStore({
    shipped: await powers.loadInstalled(),
    folder: config.pluginDir,
    anchorFolder: dirname(config.taskDatabasePath),
    key: deriveKey(signingKey, 'catalog'),
    files: powers.pluginFiles,
    packageFiles: powers.packageFiles,
    readTrust: () => readTrustStore(powers.packageFiles, config.trustStorePath),
    audit,
    random: powers.random,
    now: powers.now,
    log,
  });
