import type { ManifestChange } from '../../broker/catalog/manifest/change.ts';
import { manifestDifference } from '../../broker/catalog/manifest/difference.ts';
import type { JsonObject, JsonValue } from '../../vocabulary/json.ts';
import type { Manifest } from '../../vocabulary/manifest.ts';
import { fit, visible } from '../shown-text.ts';

/** What `plugin diff` prints. */
export const shownDifference = (
  before: Manifest,
  after: Manifest,
): { readonly json: JsonObject; readonly text: string; readonly widens: boolean } => {
  const { changes, widens, digest } = manifestDifference(before, after);
  return {
    widens,
    json: {
      before: { id: before.id, version: before.version },
      after: { id: after.id, version: after.version },
      widens,
      digest,
      changes: changes.map((change) => ({ ...change })),
    },
    text: [
      `${before.id} ${before.version} -> ${after.id} ${after.version}: ${verdict(widens, changes)}`,
      ...changes.flatMap(changeLines),
      `digest ${digest}`,
    ].join('\n'),
  };
};

const verdict = (widens: boolean, changes: readonly ManifestChange[]): string => {
  if (changes.length === 0) return 'nothing differs';
  return widens ? 'widens; a person must agree' : 'widens nothing';
};

const changeLines = ({ pointer, kind, what, before, after }: ManifestChange): readonly string[] => [
  `${kind.padEnd(8)} ${what} at ${visible(pointer)}`,
  ...(before === null ? [] : [fit(`         - ${valueText(before)}`)]),
  ...(after === null ? [] : [fit(`         + ${valueText(after)}`)]),
];

const valueText = (value: JsonValue): string =>
  visible(typeof value === 'string' ? value : JSON.stringify(value));
