import { AgentError } from '../../../vocabulary/errors.ts';
import type { PluginId } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';
import type { TrustState } from '../catalog.ts';
import type { PluginRecord, PluginState } from './plugin-record.ts';
import type { PluginFacts } from './plugin-store.ts';

/** A plugin of the program, as the operator sees it; undefined for an id that none of them has. */
export const shippedFacts = (
  id: PluginId,
  entries: readonly InstalledStep[] | undefined,
  { suspendedShipped }: PluginState,
): PluginFacts | undefined => {
  const [first] = entries ?? [];
  if (entries === undefined || first === undefined) return undefined;
  const state: TrustState = suspendedShipped.includes(id) ? 'suspended' : 'enabled';
  const names = (kind: InstalledStep['kind']): readonly string[] =>
    entries.flatMap((entry) => (entry.kind === kind ? [entry.entry] : []));
  return {
    id,
    version: first.version,
    digest: first.pluginDigest,
    source: 'shipped',
    state,
    steps: names('step'),
    tools: names('tool'),
  };
};

export const recordFacts = (record: PluginRecord): PluginFacts => {
  const { difference, differenceDigest, reason, ...plain } = record;
  return {
    ...plain,
    source: 'installed',
    ...(reason === null ? {} : { reason }),
    ...(difference === null || differenceDigest === null
      ? {}
      : { difference, difference_digest: differenceDigest }),
  };
};

/** What the audit log says of a version. */
export const auditFacts = ({
  id,
  version,
  digest,
}: Pick<PluginFacts, 'id' | 'version' | 'digest'>): JsonObject => ({ id, version, digest });

/** The refusal of a verb that does nothing in this state. */
export const wrongState = (
  { id, version, state }: Pick<PluginFacts, 'id' | 'version' | 'state'>,
  verb: string,
): AgentError =>
  new AgentError({
    code: 'plugin_state',
    message: `plugin \`${id}\` \`${version}\` is \`${state}\`: cannot ${verb} it`,
    details: { state },
  });

export const pluginNotFound = (): AgentError =>
  new AgentError({ code: 'plugin_not_found', message: 'no such plugin is installed' });
