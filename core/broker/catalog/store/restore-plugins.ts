import { toAgentError } from '../../../vocabulary/errors.ts';
import type { TrustStore } from '../package/plugin-package.ts';
import { type EnabledPlugins, keyOf } from './enabled-plugins.ts';
import { shippedPlugins } from './live-catalog.ts';
import type { PackageFolder } from './package-folder.ts';
import type { PluginRecord, PluginState } from './plugin-record.ts';
import type { PluginStoreDeps } from './plugin-store-deps.ts';
import { readInstalled } from './read-installed.ts';
import { refuseConflict, refuseShippedNames } from './refuse-conflict.ts';

type Deps = Pick<PluginStoreDeps, 'shipped' | 'readTrust' | 'now' | 'log'> & {
  readonly packages: Pick<PackageFolder, 'read'>;
};

/**
 * Enables what was enabled, each plugin read again and held against the trust store of today. What no longer
 * holds does not keep the agent from serving: it is answered, to be suspended, with the code of why.
 */
export const restorePlugins = async (
  { records, suspendedShipped }: PluginState,
  enabled: EnabledPlugins,
  deps: Deps,
): Promise<ReadonlyMap<PluginRecord, string>> => {
  const shipped = shippedPlugins(deps.shipped);
  for (const [id, [first]] of shipped) {
    if (first === undefined || suspendedShipped.includes(id)) continue;
    enabled.enable({ key: keyOf(id, first.pluginDigest), entries: [] });
  }
  const running = [...shipped].flatMap(([id, entries]) =>
    suspendedShipped.includes(id) ? [] : entries,
  );
  const lost = new Map<PluginRecord, string>();
  let trust: TrustStore | undefined;
  for (const record of records.filter(({ state }) => state === 'enabled')) {
    try {
      trust ??= await deps.readTrust();
      const { entries } = await readInstalled(record, trust, deps);
      // Another version of the program may have brought a name that this plugin has.
      refuseShippedNames(record.id, entries, shipped);
      refuseConflict(entries, [...running, ...enabled.entries()]);
      enabled.enable({ key: keyOf(record.id, record.digest), entries });
    } catch (thrown) {
      const { code, message } = toAgentError(thrown);
      deps.log.error({ plugin: record.id, version: record.version, code }, message);
      lost.set(record, code);
    }
  }
  return lost;
};
