import { isJsonObject, type JsonObject, ownValue } from '../vocabulary/json.ts';
import type { InstalledStep } from '../vocabulary/manifest.ts';
import { counted, fit, text } from './shown-text.ts';

/** What `plugin list` says of one installed plugin. */
export interface PluginRow {
  readonly id: string;
  readonly steps: readonly string[];
  readonly profile: string;
  readonly digest: string;
  readonly version: string;
  /** `installed` ones are known only to one who shows the operator's token. */
  readonly source: 'shipped' | 'installed';
  /** `unknown` where no agent runs that could tell, `inactive` for one that its trust state keeps from running. */
  readonly state: 'active' | 'inactive' | 'quarantined' | 'unknown';
  /** The trust state, as the operator is told it. */
  readonly trust?: string;
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
    version: steps[0]?.version ?? '',
    source: 'shipped' as const,
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

/** The rows with what an operator is told besides: trust states, and the installed plugins. */
export const withTrust = (
  rows: readonly PluginRow[],
  told: readonly JsonObject[],
  health: JsonObject,
): readonly PluginRow[] => {
  const shipped = rows.map((row): PluginRow => {
    const facts = told.find(
      (one) => text(one, 'id') === row.id && text(one, 'source') === 'shipped',
    );
    return facts === undefined ? row : { ...row, ...trustOf(facts, health) };
  });
  const installed = told
    .filter((facts) => text(facts, 'source') === 'installed')
    .map(
      (facts): PluginRow => ({
        id: text(facts, 'id'),
        steps: [...names(facts, 'steps'), ...names(facts, 'tools')],
        profile: '-',
        digest: text(facts, 'digest'),
        version: text(facts, 'version'),
        source: 'installed',
        ...trustOf(facts, health),
      }),
    );
  return [...shipped, ...installed];
};

const trustOf = (facts: JsonObject, health: JsonObject) => {
  const trust = text(facts, 'state');
  return trust === 'enabled'
    ? { ...stateOf(text(facts, 'id'), health), trust }
    : { state: 'inactive' as const, trust };
};

const names = (facts: JsonObject, field: string): readonly string[] => {
  const list = ownValue(facts, field);
  return Array.isArray(list) ? list.map(String) : [];
};

/** The row as a line that a person reads. */
export const pluginLine = ({
  id,
  steps,
  profile,
  digest,
  version,
  source,
  state,
  trust = '',
  deaths = 0,
  until = '',
}: PluginRow): string =>
  fit(
    [
      id.padEnd(12),
      profile.padEnd(9),
      digest.slice(0, 12),
      stateText(state, trust, until, deaths),
      steps.join(', '),
      ...(source === 'installed' ? [version] : []),
    ].join('  '),
    160,
  );

const stateText = (
  state: PluginRow['state'],
  trust: string,
  until: string,
  deaths: number,
): string => {
  if (state === 'inactive') return trust.padEnd(8);
  if (state !== 'quarantined') return state.padEnd(8);
  return `quarantined until ${until} (${counted(deaths, 'death')})`;
};
