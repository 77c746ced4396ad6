import type { RandomBytes } from '../../../vocabulary/ids.ts';
import type { Log } from '../../../vocabulary/log.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { SubKey } from '../../grant/derive-key.ts';
import type { Catalog } from '../catalog.ts';
import type { PackageFilePowers } from '../package/package-file-powers.ts';
import type { TrustStore } from '../package/plugin-package.ts';
import type { PluginFilePowers } from './plugin-file-powers.ts';

/** What the store of plugins stands on. */
export interface PluginStoreDeps {
  /** What comes with the program. */
  readonly shipped: Catalog;
  /** AGENT_PLUGIN_DIR. */
  readonly folder: string;
  /** The folder of the task store. */
  readonly anchorFolder: string;
  readonly key: SubKey<'catalog'>;
  readonly files: PluginFilePowers;
  /** Reads packages back. */
  readonly packageFiles: Pick<PackageFilePowers, 'listFolder' | 'readFile'>;
  /** Whose word counts, as the operator's folder says now. @throws AgentError `trust_store` */
  readonly readTrust: () => Promise<TrustStore>;
  readonly audit: Pick<AuditLog, 'record' | 'commit'>;
  readonly random: RandomBytes;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}
