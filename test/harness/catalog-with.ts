import type { Catalog } from '../../core/broker/catalog/catalog.ts';
import type { Action } from '../../core/vocabulary/enums.ts';
import type { InstalledStep } from '../../core/vocabulary/manifest.ts';

/** A catalog in which some actions have another step; the map is asked at each use. */
export const catalogWith = (
  catalog: Catalog,
  replaced: ReadonlyMap<Action, InstalledStep>,
): Catalog => ({
  ...catalog,
  step: (action) => replaced.get(action) ?? catalog.step(action),
});
