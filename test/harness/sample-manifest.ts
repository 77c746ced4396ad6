import type { JsonObject } from '../../core/vocabulary/json.ts';

/** A closed object schema. */
export const closed = (properties: JsonObject, ...required: readonly string[]): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

/** A string that names a resource. */
export const naming = (capability: string): JsonObject => ({
  type: 'string',
  maxLength: 4096,
  'x-capability': capability,
});

const ENTRY: JsonObject = {
  description: 'Counts the lines of a file.',
  reversibility: 'read-only',
  input: closed({ path: naming('storage.read') }, 'path'),
  output: closed({ lines: { type: 'integer', minimum: 0 } }, 'lines'),
};

/** The fields of a manifest that nothing is wrong with, with one tool; `edits` replace fields of either. */
export const sampleManifest = (edits: {
  readonly top?: JsonObject;
  readonly entry?: JsonObject;
}): JsonObject => ({
  id: 'sample',
  version: '1.2.3',
  title: 'Sample',
  description: 'A sample.',
  license: 'MIT',
  authors: ['A. Author'],
  tools: { 'text.count': { ...ENTRY, ...edits.entry } },
  ...edits.top,
});

/** The same as JSON text, one line a level, so that a finding's line says where. */
export const sampleText = (edits: Parameters<typeof sampleManifest>[0] = {}): string =>
  JSON.stringify(sampleManifest(edits), null, 1);
