import {
  entryForm,
  manifestDigest,
  manifestForm,
} from '../../broker/catalog/manifest/manifest-form.ts';
import {
  type EntrySentences,
  manifestSentences,
  type ProfileLimits,
} from '../../broker/catalog/manifest/sentences.ts';
import { toolHints } from '../../broker/catalog/manifest/tool-hints.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { Manifest } from '../../vocabulary/manifest.ts';
import { visible, wrap } from '../shown-text.ts';

/** What `plugin show` prints: all of it for a program, the sentences for a person. */
export const shownManifest = (
  manifest: Manifest,
  profiles: ProfileLimits,
): { readonly json: JsonObject; readonly text: string } => {
  const { entries } = manifestSentences(manifest, profiles);
  const digest = manifestDigest(manifest);
  return {
    json: {
      ...manifestForm(manifest),
      digest,
      entries: entries.map((sentences) => entryJson(manifest, sentences)),
    },
    text: [
      `${manifest.id} ${manifest.version}: ${visible(manifest.title)}`,
      ...wrap(visible(manifest.description), WIDTH),
      `license ${manifest.license}, by ${visible(manifest.authors.join(', '))}`,
      `digest ${digest}`,
      ...entries.flatMap(entryLines),
    ].join('\n'),
  };
};

const WIDTH = 100;

const entryLines = ({
  kind,
  name,
  says,
  may,
  cannot,
  uses,
  leaves,
}: EntrySentences): readonly string[] => [
  '',
  `${kind} ${name}`,
  // What nothing checks is told from what is enforced.
  ...wrap(`  the author says: ${visible(says)}`, WIDTH),
  ...[may, leaves, uses, cannot].flatMap((sentences) => wrap(`  ${sentences.join(' ')}`, WIDTH)),
];

const entryJson = (
  { entries, requests }: Manifest,
  { kind, name, may, cannot, uses, leaves }: EntrySentences,
): JsonObject => {
  const entry = entries.get(name);
  if (entry === undefined) return { kind, name };
  const hints = { ...toolHints(entry, requests) };
  return { name, ...entryForm(entry), hints, may, cannot, uses, leaves };
};
