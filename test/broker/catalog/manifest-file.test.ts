import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ManifestFile } from '../../../core/broker/catalog/manifest-file.ts';
import { makeValidator } from '../../../core/vocabulary/parse/ajv.ts';
import schema from '../../../schemas/plugin-manifest.schema.json' with { type: 'json' };
import { schemaObjects, type Whole } from '../../vocabulary/parse/schema-objects.ts';

const ENTRY = {
  description: 'Does it.',
  reversibility: 'read-only',
  input: {},
  output: {},
} as const;
const LEAST: ManifestFile = {
  id: 'sample',
  version: '1.0.0',
  title: 'Sample',
  description: 'A sample.',
  license: 'Apache-2.0',
  authors: ['A. Author'],
  steps: { do_it: ENTRY },
};
const WHOLE: Whole<ManifestFile> = {
  ...LEAST,
  requests: {
    inference: true,
    tools: ['text.diff'],
    egress: [{ host: 'example.org', methods: ['GET'] }],
  },
  steps: {
    do_it: {
      ...ENTRY,
      idempotent: true,
      profile: 'strict',
      limits: { cpu_ms: 100, wall_ms: 100, heap_mb: 8, result_bytes: 64, calls_total: 0 },
      hints: {
        readOnlyHint: false,
        destructiveHint: true,
        idempotentHint: false,
        openWorldHint: true,
      },
      examples: [{ title: 'An example', input: {} }],
    },
  },
  tools: {},
};

test('the type of a manifest and its schema know and demand the same keys at every place', () => {
  const fits = makeValidator(schema);
  assert.ok(fits({ ...WHOLE, tools: { 'do.it': ENTRY } }).ok && fits(LEAST).ok);
  const whole = schemaObjects(schema, WHOLE);
  assert.deepEqual(
    whole.map(({ at }) => at),
    ['', '/steps/do_it', '/steps/do_it/limits', '/steps/do_it/hints', '/requests'],
  );
  for (const { at, properties, keys } of whole) assert.deepEqual(keys, properties, at);
  for (const { at, required, keys } of schemaObjects(schema, LEAST)) {
    // Steps or tools: which of them is a manifest's choice.
    assert.deepEqual(
      keys.filter((key) => at !== '' || key !== 'steps'),
      required,
      at,
    );
  }
});
