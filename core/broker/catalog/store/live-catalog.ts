import type { Action } from '../../../vocabulary/enums.ts';
import type { PluginId } from '../../../vocabulary/ids.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';
import type { Catalog, ToolLookup, TrustState } from '../catalog.ts';
import { type EnabledPlugins, keyOf } from './enabled-plugins.ts';
import type { PluginState } from './plugin-record.ts';

/** What comes with the program, with what the operator enabled and suspended. Asked at each use. */
export const makeLiveCatalog = (
  shipped: Catalog,
  enabled: EnabledPlugins,
  state: () => PluginState,
): Catalog => {
  const runs = (step: InstalledStep | undefined): step is InstalledStep =>
    step !== undefined && !state().suspendedShipped.includes(step.plugin);

  const ids = new Set(shippedPlugins(shipped).keys());
  const isShipped = (id: PluginId): boolean => ids.has(id);

  const stepOf = (action: Action): InstalledStep | undefined => {
    const own = shipped.step(action);
    if (runs(own)) return own;
    return enabled.entries().find((entry) => entry.kind === 'step' && entry.action === action);
  };

  const tool = (name: string): ToolLookup => {
    const found = shipped.tool(name);
    if (found.kind === 'enabled' && runs(found.tool)) return found;
    const installed = enabled
      .entries()
      .find(({ kind, entry }) => kind === 'tool' && entry === name);
    if (installed !== undefined) return { kind: 'enabled', tool: installed };
    if (found.kind === 'enabled') return { kind: 'not_enabled', state: 'suspended' };
    const states = new Set<TrustState>(
      state().records.flatMap(({ tools, state: saved }) =>
        // What was ended and could not be saved as ended does not run either.
        tools.includes(name) ? [saved === 'enabled' ? 'suspended' : saved] : [],
      ),
    );
    const nearest = NEAREST.find((candidate) => states.has(candidate));
    return nearest === undefined ? { kind: 'unknown' } : { kind: 'not_enabled', state: nearest };
  };

  return Object.freeze<Catalog>({
    step: stepOf,
    actions: () =>
      new Set([
        ...[...shipped.actions()].filter((action) => stepOf(action) !== undefined),
        ...enabled.entries().flatMap(({ kind, action }) => (kind === 'step' ? [action] : [])),
      ]),
    tool,
    tools: () => [
      ...shipped.tools().filter(runs),
      ...enabled.entries().filter(({ kind }) => kind === 'tool'),
    ],
    whileEnabled: (step) => {
      const signal = enabled.whileEnabled(keyOf(step.plugin, step.pluginDigest));
      // A step that the program offers of itself and the operator cannot know of, as the probe's is, ends by the
      // program's own word alone. It is told by being that very object: no name or digest makes one.
      const isOurs =
        signal.aborted && !isShipped(step.plugin) && shipped.step(step.action) === step;
      return isOurs ? shipped.whileEnabled(step) : signal;
    },
  });
};

// Of several versions that offer the tool, the one that needs the least to be enabled is told.
const NEAREST: readonly TrustState[] = ['vetted', 'suspended', 'quarantined', 'revoked'];

/** The plugins that come with the program, with all that each offers. */
export const shippedPlugins = (
  shipped: Catalog,
): ReadonlyMap<PluginId, readonly InstalledStep[]> => {
  const steps = [...shipped.actions()].flatMap((action) => shipped.step(action) ?? []);
  return Map.groupBy([...steps, ...shipped.tools()], ({ plugin }) => plugin);
};
