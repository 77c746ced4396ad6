import { AgentError } from '../../../vocabulary/errors.ts';
import type { PluginId } from '../../../vocabulary/ids.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';

type Named = Pick<InstalledStep, 'plugin' | 'kind' | 'entry'>;

/**
 * A name means one plugin: who could take another's would be called in its place (attacks 139, 150).
 * @throws AgentError `plugin_conflict` naming what is taken and by whom
 */
export const refuseConflict = (candidate: readonly Named[], enabled: readonly Named[]): void => {
  for (const { plugin, kind, entry } of candidate) {
    const holder = enabled.find(
      (other) => other.plugin !== plugin && other.kind === kind && other.entry === entry,
    );
    if (holder !== undefined) {
      throw new AgentError({
        code: 'plugin_conflict',
        message: `${kind} \`${entry}\` is offered by the enabled plugin \`${holder.plugin}\``,
      });
    }
  }
};

/**
 * What comes with the program is never taken over: neither its ids nor its tools, enabled or not.
 * @throws AgentError `plugin_conflict`
 */
export const refuseShippedNames = (
  id: PluginId,
  candidate: readonly Named[],
  shipped: ReadonlyMap<PluginId, readonly Named[]>,
): void => {
  const remedy = 'give it another name and build it again';
  if (shipped.has(id)) {
    const message = `plugin \`${id}\` comes with the program`;
    throw new AgentError({ code: 'plugin_conflict', message, remedy });
  }
  const own = [...shipped.values()].flat().filter(({ kind }) => kind === 'tool');
  const taken = candidate.find(
    ({ kind, entry }) => kind === 'tool' && own.some((tool) => tool.entry === entry),
  );
  if (taken !== undefined) {
    const message = `tool \`${taken.entry}\` comes with the program`;
    throw new AgentError({ code: 'plugin_conflict', message, remedy });
  }
};
