import type { JsonObject } from '../../../vocabulary/json.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';
import { openPackage } from '../package/open-package.ts';
import { enablePlugin } from './enable-plugin.ts';
import { keyOf, makeEnabledPlugins } from './enabled-plugins.ts';
import { type EndVerb, endPlugin, stopPlugin } from './end-plugin.ts';
import { judgeInstallation, PLUGIN_LIMITS } from './install-plugin.ts';
import { installedManifest } from './installed-manifest.ts';
import { makeLiveCatalog, shippedPlugins } from './live-catalog.ts';
import { makePackageFolder } from './package-folder.ts';
import { makePluginEvents } from './plugin-events.ts';
import { auditFacts, pluginNotFound, recordFacts, shippedFacts } from './plugin-facts.ts';
import { type PluginParts, withRecords } from './plugin-parts.ts';
import type { PluginRecord } from './plugin-record.ts';
import type {
  EnabledListener,
  InstallRequest,
  Operator,
  PluginFacts,
  PluginRequest,
  PluginStore,
} from './plugin-store.ts';
import type { PluginStoreDeps } from './plugin-store-deps.ts';
import { withVerdicts } from './read-installed.ts';
import { restorePlugins } from './restore-plugins.ts';
import { makeSavedState } from './saved-state.ts';
import { transition } from './trust-transition.ts';

/**
 * The installed plugins as the last start left them, each enabled one verified again.
 * @throws AgentError `store_unavailable` for a state that is damaged, older than known or gone
 */
export const openPluginStore = async (deps: PluginStoreDeps): Promise<PluginStore> => {
  const saved = makeSavedState(deps);
  const packages = makePackageFolder(deps);
  const events = makePluginEvents(deps.audit);
  const enabled = makeEnabledPlugins();
  const listeners: EnabledListener[] = [];
  let state = await saved.load();
  let loaded: string | null = null;

  const parts: PluginParts = {
    ...deps,
    packages,
    enabled,
    catalog: makeLiveCatalog(deps.shipped, enabled, () => state),
    state: () => state,
    change: async ({ event, facts, who, next }) => {
      await events.record(event, facts, who);
      const changed = { ...next, sequence: state.sequence + 1 };
      await saved.save(changed);
      state = changed;
    },
    announce: async (tools) => {
      // What enforces tools need not stand for a change that touches none.
      const set = setOf(tools);
      if (set === loaded) return;
      loaded = null;
      for (const listener of listeners) await listener(tools);
      loaded = set;
    },
  };
  const sweep = (): Promise<number> =>
    packages.keepOnly(new Set(state.records.map(({ digest }) => digest)));
  // First, as it refuses a folder that is none: that is no fault of the plugins, which would be suspended for it.
  await sweep();
  await suspendLost(parts, await restorePlugins(state, enabled, parts));

  const factsOf = (): readonly PluginFacts[] => [
    ...[...shippedPlugins(deps.shipped)].flatMap(
      ([id, entries]) => shippedFacts(id, entries, state) ?? [],
    ),
    ...state.records.map(recordFacts),
  ];
  const install = async (request: InstallRequest, who: Operator): Promise<PluginFacts> => {
    let known: JsonObject = { verb: 'install' };
    return events.refusing(
      () => known,
      who,
      async () => {
        const trust = await deps.readTrust();
        const files = withVerdicts(request.files, request.verdicts);
        const opened = openPackage(files, trust, deps.now());
        const { id, version } = opened.manifest;
        known = { ...known, id, version, digest: opened.digest };
        const record = await judgeInstallation(opened, files, state.records, trust, parts);
        await packages.keep(record.digest, files);
        await parts.change({
          event: 'plugin_installed',
          facts: { ...auditFacts(record), state: record.state },
          who,
          next: { ...state, records: withoutOldest([...state.records, record], record) },
        });
        await sweep().catch(() => 0);
        return recordFacts(record);
      },
    );
  };
  const refusing = <Result>(
    verb: string,
    { id, version }: PluginRequest,
    who: Operator,
    act: () => Promise<Result>,
  ): Promise<Result> => events.refusing(() => ({ verb, id: id.slice(0, 64), version }), who, act);

  const inTurn = makeTurns();
  const end = (
    verb: EndVerb,
    request: PluginRequest,
    who: Operator,
  ): Promise<readonly PluginFacts[]> => {
    stopPlugin(verb, request, parts);
    return inTurn(() => refusing(verb, request, who, () => endPlugin(verb, request, who, parts)));
  };
  return Object.freeze<PluginStore>({
    catalog: parts.catalog,
    list: factsOf,
    show: (id) => {
      const versions = factsOf().filter((facts) => facts.id === id);
      if (versions.length === 0) throw pluginNotFound();
      return versions.reverse();
    },
    manifest: (id, version) =>
      inTurn(() => installedManifest({ id, version }, state.records, packages)),
    install: (request, who) => inTurn(() => install(request, who)),
    enable: (request, who) =>
      inTurn(() => refusing('enable', request, who, () => enablePlugin(request, who, parts))),
    suspend: (request, who) => end('suspend', request, who),
    revoke: (request, who) => end('revoke', request, who),
    onEnabledChange: (listener) => {
      // Whoever listens has loaded what runs now.
      loaded = setOf(parts.catalog.tools());
      listeners.push(listener);
    },
  });
};

// What does not hold any more does not run; the agent serves without it and says so.
const suspendLost = async (
  parts: PluginParts,
  lost: ReadonlyMap<PluginRecord, string>,
): Promise<void> => {
  for (const [record, code] of lost) {
    const state = transition(record.state, 'suspend') ?? record.state;
    await parts.change({
      event: 'plugin_suspended',
      facts: { ...auditFacts(record), code },
      who: { uid: null },
      next: withRecords(parts.state(), [{ ...record, state, reason: code }]),
    });
  }
};

/** One text for one set of tools in just these bytes. */
const setOf = (tools: readonly InstalledStep[]): string =>
  tools
    .map(({ plugin, pluginDigest, entry }) => `${keyOf(plugin, pluginDigest)}/${entry}`)
    .sort()
    .join('\n');

/** Of one plugin the newest versions stay, and the one that is enabled. */
const withoutOldest = (
  records: readonly PluginRecord[],
  { id }: PluginRecord,
): readonly PluginRecord[] => {
  const own = records.filter((record) => record.id === id);
  const dropped = own
    .filter(({ state }) => state !== 'enabled')
    .slice(0, Math.max(0, own.length - PLUGIN_LIMITS.versions));
  return records.filter((record) => !dropped.includes(record));
};

/** Runs one change after another: each is judged by the state that the one before it left. */
const makeTurns = (): (<Result>(turn: () => Promise<Result>) => Promise<Result>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (turn) => {
    const result = last.then(turn, turn);
    last = result.catch(() => undefined);
    return result;
  };
};
