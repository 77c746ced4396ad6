import {
  CAPABILITY_FACTS,
  REVERSIBILITIES,
  type Reversibility,
} from '../../../vocabulary/capability.ts';
import type { Annotation } from '../../../vocabulary/manifest.ts';

/** How far what it leaves behind is from being taken back (AISVS 9.2.3). */
export const rankOf = (reversibility: Reversibility): number =>
  REVERSIBILITIES.indexOf(reversibility);

/** The least that an entry with these handles must admit to. */
export const leastReversibility = (annotations: readonly Annotation[]): Reversibility =>
  annotations
    .map(({ capability }) => CAPABILITY_FACTS[capability].reversibility)
    .reduce((most, next) => (rankOf(next) > rankOf(most) ? next : most), 'read-only');
