import { type LandlockRight, missingRights } from '../../linux/landlock/rights.ts';
import { KERNEL_LAYERS, type KernelLayer, type LockFacts } from '../../protocol/lock-facts.ts';
import type { LayerFault, Place, Row } from './row.ts';

/** What a missing layer needs, in words for an administrator. */
export const REMEDIES: Readonly<Record<KernelLayer, string>> = {
  no_new_privs: 'run it on Linux 5.13 or newer, outside of a container that refuses prctl(2)',
  mdwe: 'run it on Linux 6.3 or newer: PR_SET_MDWE is refused',
  not_dumpable: 'run it outside of a container that refuses prctl(2)',
  no_core: 'run it outside of a container that refuses setrlimit(2)',
  landlock: 'boot a kernel of 5.13 or newer with `landlock` in its list of lsm',
  seccomp: 'use a kernel with CONFIG_SECCOMP_FILTER, and no container that refuses seccomp(2)',
};

/** One row for each layer of a process: named by it only when it was tried and refused. */
export const layerRows = (
  place: Place,
  layers: readonly KernelLayer[],
  faults: readonly LayerFault[] = [],
): readonly Row[] =>
  KERNEL_LAYERS.map((layer) => {
    const reasons = faults.filter((fault) => fault.layer === layer).map(({ reason }) => reason);
    const ok = layers.includes(layer) && reasons.length === 0;
    return {
      ...place,
      tried: `lock itself: ${layer}`,
      answered: ok ? 'stands' : (reasons[0] ?? 'does not stand'),
      enforcedBy: ok ? 'kernel' : null,
      mandatory: true,
      ok,
      remedy: REMEDIES[layer],
    };
  });

/**
 * One row for each right that this version of Landlock cannot refuse: the rule of seccomp that does it instead
 * (attack 212).
 */
export const coverRows = (
  place: Place,
  { landlockAbi, covered }: LockFacts,
  coveredBy: ReadonlyMap<LandlockRight, readonly string[]>,
): readonly Row[] => {
  // Without any Landlock its layer is what is missing.
  if (landlockAbi < 1) return [];
  return missingRights(landlockAbi).map((right) => {
    const ok = covered.includes(right);
    return {
      ...place,
      tried: `use the right ${right}`,
      answered: `unknown to landlock ${landlockAbi}`,
      enforcedBy: ok ? `seccomp: ${(coveredBy.get(right) ?? []).join(', ')}` : null,
      mandatory: true,
      ok,
      remedy: REMEDIES.landlock,
    };
  });
};
