import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseManifest } from '../../core/broker/catalog/parse-manifest.ts';
import { parseSchema } from '../../core/broker/catalog/schema-profile/parse-schema.ts';
import { AgentError } from '../../core/vocabulary/errors.ts';
import { closed, TEXT } from '../broker/catalog/schema-profile/schemas.ts';
import { assertRefusedSchema } from '../harness/refused-schema.ts';

// Attack 137: a schema that is expensive to read. Bytes are refused before a parser sees them, and every
// size is looked at before what it counts. The harness bounds the time of each.

const MILLION = 1_000_000;
const named = (count: number, schema: unknown): object =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, schema]));

test('a hundred thousand levels end at the eighth', () => {
  let objects: object = closed({});
  let arrays: object = TEXT;
  let unknown: object = {};
  for (let i = 0; i < 100_000; i += 1) {
    objects = closed({ a: objects });
    arrays = { type: 'array', maxItems: 1, items: arrays };
    unknown = { not: unknown };
  }
  assertRefusedSchema(objects, { rule: 'too-deep', pointer: '/properties/a'.repeat(8) });
  assertRefusedSchema(closed({ a: arrays }), {
    rule: 'too-deep',
    pointer: `/properties/a${'/items'.repeat(7)}`,
  });
  assertRefusedSchema(closed({ a: unknown }), {
    rule: 'no-alternatives',
    pointer: '/properties/a/not',
  });
  assertRefusedSchema(closed({ a: { const: unknown } }), {
    rule: 'enum-member',
    pointer: '/properties/a/const',
  });
});

test('a million members, or a hundred thousand names, are refused by their count', () => {
  const million = Array.from({ length: MILLION }, (_, i) => i);
  assertRefusedSchema(closed({ a: { enum: million } }), {
    rule: 'enum-list',
    pointer: '/properties/a/enum',
  });
  assertRefusedSchema(closed({}, { required: million }), {
    rule: 'required-list',
    pointer: '/required',
  });
  const wide = named(100_000, TEXT);
  assertRefusedSchema(closed(wide), { rule: 'too-wide', pointer: '/properties' });
  assertRefusedSchema(closed({}, { $defs: wide }), { rule: 'too-wide', pointer: '/$defs' });
});

test('a hundred thousand unknown keywords end with the twentieth', () => {
  const reading = parseSchema(closed({ a: { ...TEXT, ...named(100_000, 1) } }), 'input');
  assert.ok(!reading.ok);
  assert.equal(reading.findings.length, 20);
});

test('257 schemas are one too many, however they are spread', () => {
  const few = named(64, { type: 'boolean' });
  assertRefusedSchema(closed({ a: closed(few), b: closed(few), c: closed(few), d: closed(few) }), {
    rule: 'too-many-schemas',
    pointer: '/properties/d/properties/p59',
  });
});

const huge = 'x'.repeat(50 * MILLION);

test('fifty megabytes in one word are refused by their length and never repeated', () => {
  const places: readonly (readonly [object, string])[] = [
    [closed({ a: { ...TEXT, description: huge } }), 'plain-text'],
    [closed({ a: { ...TEXT, pattern: huge } }), 'pattern-text'],
    [closed({ a: { enum: [huge] } }), 'enum-member'],
    [closed({ a: { ...TEXT, [huge]: 1 } }), 'unknown-keyword'],
    [closed({ [huge]: TEXT }), 'property-name'],
    [closed({ a: { ...TEXT, 'x-capability': huge } }), 'capability-name'],
    [closed({ a: { $ref: `#/$defs/${huge}` } }), 'reference-form'],
  ];
  for (const [schema, rule] of places) {
    const start = performance.now();
    const reading = parseSchema(schema, 'input');
    assert.ok(performance.now() - start < 2000);
    assert.ok(!reading.ok);
    const [{ rule: found, problem, mend, pointer }] = reading.findings;
    assert.equal(found, rule);
    assert.ok(problem.length + mend.length + pointer.length < 1000);
  }
});

test('a manifest of fifty megabytes is refused before a parser sees it', () => {
  const start = performance.now();
  assert.throws(
    () => parseManifest(`id: big\ndescription: ${huge}\n`, 'manifest.yaml'),
    (error: unknown) => error instanceof AgentError && /more than \d+ bytes/.test(error.message),
  );
  assert.ok(performance.now() - start < 2000);
});
