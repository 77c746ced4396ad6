import type { Catalog } from '../../core/broker/catalog/catalog.ts';
import type { Action } from '../../core/vocabulary/enums.ts';
import type { InstalledStep } from '../../core/vocabulary/manifest.ts';

/** A catalog in which some actions and tools have another plugin, or none; the maps are asked at each use. */
export const catalogWith = (
  catalog: Catalog,
  replaced: ReadonlyMap<Action, InstalledStep>,
  tools: ReadonlyMap<string, InstalledStep | undefined> = new Map(),
): Catalog => ({
  ...catalog,
  step: (action) => replaced.get(action) ?? catalog.step(action),
  tool: (name) => {
    if (!tools.has(name)) return catalog.tool(name);
    const tool = tools.get(name);
    return tool === undefined
      ? { kind: 'not_enabled', state: 'suspended' }
      : { kind: 'enabled', tool };
  },
  tools: () => [
    ...catalog.tools().filter(({ entry }) => !tools.has(entry)),
    ...[...tools.values()].filter((tool) => tool !== undefined),
  ],
});
