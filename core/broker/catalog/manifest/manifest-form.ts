import { digestOf } from '../../../vocabulary/digest.ts';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { Manifest, ManifestEntry } from '../../../vocabulary/manifest.ts';
import { nodeToJson } from '../schema-profile/schema-to-json.ts';

/** A manifest as plain JSON, every default spelt out: what `plugin show --json` prints and what is hashed. */
export const manifestForm = (manifest: Manifest): JsonObject => {
  const { id, version, title, description, license, authors, requests } = manifest;
  const { inference, tools, egress } = requests;
  return {
    id,
    version,
    title,
    description,
    license,
    authors,
    requests: {
      inference,
      tools,
      egress: egress.map(({ host, methods }) => ({ host, methods })),
    },
    entries: Object.fromEntries(
      [...manifest.entries].map(([name, entry]) => [name, entryForm(entry)]),
    ),
  };
};

/** One entry of it; its name is its key. */
export const entryForm = (entry: ManifestEntry): JsonObject => ({
  kind: entry.kind,
  description: entry.description,
  reversibility: entry.reversibility,
  idempotent: entry.idempotent,
  profile: entry.profile,
  limits: { ...entry.limits },
  hints: { ...entry.hints },
  input: nodeToJson(entry.input),
  output: nodeToJson(entry.output),
  examples: entry.examples.map(({ title, input }) => ({ title, input })),
});

/** SHA-256 over what a manifest means: the same for every spelling of it. */
export const manifestDigest = (manifest: Manifest): Sha256Hex => digestOf(manifestForm(manifest));
