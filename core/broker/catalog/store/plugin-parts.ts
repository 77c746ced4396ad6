import type { JsonObject } from '../../../vocabulary/json.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';
import type { Catalog } from '../catalog.ts';
import type { EnabledPlugins } from './enabled-plugins.ts';
import type { PackageFolder } from './package-folder.ts';
import type { PluginEventName } from './plugin-events.ts';
import type { PluginRecord, PluginState } from './plugin-record.ts';
import type { Operator } from './plugin-store.ts';
import type { PluginStoreDeps } from './plugin-store-deps.ts';

/** What the verbs of the plugin store share. */
export interface PluginParts extends PluginStoreDeps {
  readonly packages: PackageFolder;
  readonly enabled: EnabledPlugins;
  readonly catalog: Catalog;
  state(): PluginState;
  /** First the log, then the file, then what is seen of it. @throws AgentError and nothing is seen of it */
  change(change: PluginChange): Promise<void>;
  /** Tells the listeners which tools run; they answer when they have loaded them. */
  announce(tools: readonly InstalledStep[]): Promise<void>;
}

export interface PluginChange {
  readonly event: PluginEventName;
  readonly facts: JsonObject;
  readonly who: Operator;
  readonly next: Omit<PluginState, 'sequence'>;
}

/** The state with some records in other words. */
export const withRecords = (
  { records, suspendedShipped }: PluginState,
  changed: readonly PluginRecord[],
): Omit<PluginState, 'sequence'> => {
  const byDigest = new Map(changed.map((record) => [record.digest, record]));
  return {
    records: records.map((record) => byDigest.get(record.digest) ?? record),
    suspendedShipped,
  };
};
