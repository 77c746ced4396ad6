import { isJsonObject, type JsonObject, ownValue } from '../vocabulary/json.ts';
import type { InstalledStep } from '../vocabulary/manifest.ts';
import { counted, fit, text } from './shown-text.ts';

/** What `plugin list` says of one installed plugin. */
export interface PluginRow {
  readonly id: string;
  readonly steps: readonly string[];
  readonly profile: string;
  readonly digest: string;
  /** `unknown` where no agent runs that could tell. */
  readonly state: 'active' | 'quarantined' | 'unknown';
  /** Of a quarantined one. */
  readonly deaths?: number;
  readonly until?: string;
}

/** One row a plugin, from the catalog and from the `/health` of a running agent. */
export const pluginRows = (
  installed: Iterable<InstalledStep>,
  health: JsonObject | undefined,
): readonly PluginRow[] => {
  const plugins = Map.groupBy(installed, ({ plugin }) => plugin);
  return [...plugins].map(([id, steps]) => ({
    id,
    steps: steps.map(({ entry }) => entry),
    profile: [...new Set(steps.map(({ profile }) => profile))].join(', '),
    digest: steps[0]?.pluginDigest ?? '',
    ...(health === undefined ? { state: 'unknown' as const } : stateOf(id, health)),
  }));
};

const stateOf = (id: string, health: JsonObject): Pick<PluginRow, 'state' | 'deaths' | 'until'> => {
  const list = ownValue(health, 'quarantined');
  const all = Array.isArray(list) ? list.filter(isJsonObject) : [];
  const found = all.find((entry) => ownValue(entry, 'plugin') === id);
  if (found === undefined) return { state: 'active' };
  const deaths = Number(ownValue(found, 'deaths') ?? 0);
  return { state: 'quarantined', deaths, until: text(found, 'until') };
};

/** The row as a line that a person reads. */
export const pluginLine = ({
  id,
  steps,
  profile,
  digest,
  state,
  deaths = 0,
  until = '',
}: PluginRow): string =>
  fit(
    [
      id.padEnd(12),
      profile.padEnd(9),
      digest.slice(0, 12),
      state === 'quarantined'
        ? `quarantined until ${until} (${counted(deaths, 'death')})`
        : state.padEnd(8),
      steps.join(', '),
    ].join('  '),
    160,
  );
