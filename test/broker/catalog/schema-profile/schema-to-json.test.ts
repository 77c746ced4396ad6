import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseSchema } from '../../../../core/broker/catalog/schema-profile/parse-schema.ts';
import { schemaToJson } from '../../../../core/broker/catalog/schema-profile/schema-to-json.ts';
import type { ObjectSchema, Schema } from '../../../../core/vocabulary/manifest.ts';
import { runs } from '../../../harness/runs.ts';
import { randomSchema } from './random-schemas.ts';
import { closed, FILE } from './schemas.ts';

const read = (schema: unknown): ObjectSchema => {
  const reading = parseSchema(schema, 'input');
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.schema;
};

// Two compiled patterns are equal where their sources are.
const comparable = (schema: Schema): unknown => {
  if ('enum' in schema) return schema;
  if (schema.type === 'string') return { ...schema, pattern: schema.pattern?.source ?? null };
  if (schema.type === 'array') return { ...schema, items: comparable(schema.items) };
  if (schema.type !== 'object') return schema;
  return { ...schema, properties: [...schema.properties].map(([k, v]) => [k, comparable(v)]) };
};

test('schemaToJson writes every keyword that was read, references written out', () => {
  const secret = { type: 'string', maxLength: 9, pattern: '^a', 'x-redact': true };
  const schema = closed(
    {
      file: { ...FILE, minLength: 1 },
      secret: { $ref: '#/$defs/secret' },
      list: { type: 'array', items: { $ref: '#/$defs/secret' }, minItems: 1, maxItems: 2 },
      count: { type: 'integer', exclusiveMinimum: 0, maximum: 5 },
      share: { type: 'number' },
      flag: { type: 'boolean', description: 'Whether.' },
      kind: { type: 'string', enum: ['a', 'b'] },
      one: { const: 1 },
    },
    { required: ['file'], $defs: { secret } },
  );
  assert.deepEqual(
    schemaToJson(read(schema)),
    closed(
      {
        file: { ...FILE, minLength: 1 },
        secret,
        list: { type: 'array', items: secret, minItems: 1, maxItems: 2 },
        count: { type: 'integer', minimum: 1, maximum: 5 },
        share: { type: 'number' },
        flag: { type: 'boolean' },
        kind: { enum: ['a', 'b'] },
        one: { enum: [1] },
      },
      { required: ['file'] },
    ),
  );
});

test('parseSchema reads what schemaToJson writes as the same schema', () => {
  let compared = 0;
  fc.assert(
    fc.property(randomSchema, (schema) => {
      const reading = parseSchema(schema, 'input');
      if (!reading.ok) return;
      compared += 1;
      const json = JSON.parse(JSON.stringify(schemaToJson(reading.schema)));
      assert.deepEqual(comparable(read(json)), comparable(reading.schema));
    }),
    { numRuns: runs(100) },
  );
  assert.ok(compared >= 30, `only ${compared} schemas were compared`);
});
