import { CAPABILITY_FACTS } from '../../../vocabulary/capability.ts';
import type {
  Annotation,
  ManifestEntry,
  ManifestRequests,
  ToolHints,
} from '../../../vocabulary/manifest.ts';

/** What the cautious value of each hint is: an override may say this one only. */
export const CAUTIOUS: ToolHints = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: false,
  openWorldHint: true,
};

export const HINTS: readonly (keyof ToolHints)[] = [
  'readOnlyHint',
  'destructiveHint',
  'idempotentHint',
  'openWorldHint',
];

/** What of an entry decides its hints. */
type Hinted = Pick<ManifestEntry, 'annotations' | 'reversibility'>;

/**
 * The hints that follow from handles which are enforced, and from nothing that the plugin says of itself: a
 * client may act on them without believing the author.
 */
export const derivedHints = (entry: Hinted, requests: ManifestRequests): ToolHints => {
  const has = (test: (annotation: Annotation) => boolean): boolean => entry.annotations.some(test);
  const reads = !has(({ capability }) => CAPABILITY_FACTS[capability].access !== 'read');
  const readOnly = reads && entry.reversibility === 'read-only';
  // A file that must not exist yet is the one write that takes nothing away.
  const adds = !has(
    ({ capability }) =>
      CAPABILITY_FACTS[capability].access !== 'read' &&
      capability !== 'storage.create' &&
      capability !== 'storage.create_under',
  );
  return {
    readOnlyHint: readOnly,
    destructiveHint: !(readOnly || (adds && entry.reversibility === 'reversible')),
    idempotentHint: readOnly,
    openWorldHint:
      requests.egress.length > 0 ||
      has(({ capability }) => ['fetch', 'invoke'].includes(CAPABILITY_FACTS[capability].access)),
  };
};

/** The hints of the Model Context Protocol: the derived ones, or the more cautious ones of the manifest. */
export const toolHints = (entry: ManifestEntry, requests: ManifestRequests): ToolHints => ({
  ...derivedHints(entry, requests),
  ...entry.hints,
});
