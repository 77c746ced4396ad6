import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ManifestFile } from '../../../core/broker/catalog/manifest-file.ts';
import { makeValidator } from '../../../core/vocabulary/parse/ajv.ts';
import schema from '../../../schemas/manifest.schema.json' with { type: 'json' };
import { schemaObjects, type Whole } from '../../vocabulary/parse/schema-objects.ts';

const STEP = { reversibility: 'read-only', input: {}, output: {} } as const;
const WHOLE: Whole<ManifestFile> = {
  id: 'sample',
  version: '1.0.0',
  description: 'A sample.',
  steps: { do_it: { ...STEP, description: 'Does it.', idempotent: true } },
};
const LEAST: ManifestFile = { ...WHOLE, steps: { do_it: STEP } };

test('the type of a manifest and its schema know and demand the same keys at every place', () => {
  const fits = makeValidator(schema);
  assert.ok(fits(WHOLE).ok && fits(LEAST).ok);
  const whole = schemaObjects(schema, WHOLE);
  assert.deepEqual(
    whole.map(({ at }) => at),
    ['', '/steps/do_it'],
  );
  for (const { at, properties, keys } of whole) assert.deepEqual(keys, properties, at);
  for (const { at, required, keys } of schemaObjects(schema, LEAST)) {
    assert.deepEqual(keys, required, at);
  }
});
