import { KERNEL_LAYERS } from '../../protocol/lock-facts.ts';
import { REMEDIES } from './layer-rows.ts';
import type { Place, Row } from './row.ts';

/** Whether the process stands behind its whole wall; `fault` says why not, in its own words. */
export const startRow = (place: Place, fault: string | undefined): Row => {
  const layer = KERNEL_LAYERS.find((name) => fault?.includes(`"layer":"${name}"`));
  return {
    ...place,
    tried: 'start behind the whole wall',
    answered: fault ?? 'started',
    enforcedBy: fault === undefined ? `its own trial` : null,
    mandatory: true,
    ok: fault === undefined,
    ...(layer === undefined ? {} : { remedy: REMEDIES[layer] }),
  };
};
