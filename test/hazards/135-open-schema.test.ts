import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSchema } from '../../core/broker/catalog/schema-profile/parse-schema.ts';
import type { ProfileRule } from '../../core/broker/catalog/schema-profile/profile-rules.ts';
import { closed, TEXT } from '../broker/catalog/schema-profile/schemas.ts';
import { assertRefusedSchema } from '../harness/refused-schema.ts';

// Attack 135: a schema that looks like a check and accepts everything somewhere.

/** Where in a document a schema may stand, and the pointer to it. */
const PLACES: readonly (readonly [string, (hole: object) => object, string])[] = [
  ['a parameter', (hole) => closed({ a: hole }), '/properties/a'],
  ['a deep property', (hole) => closed({ a: closed({ b: hole }) }), '/properties/a/properties/b'],
  [
    'items of an array',
    (hole) => closed({ a: { type: 'array', maxItems: 2, items: hole } }),
    '/properties/a/items',
  ],
  [
    'a definition',
    (hole) => closed({ a: { $ref: '#/$defs/d' } }, { $defs: { d: hole } }),
    '/$defs/d',
  ],
];

const HOLES: readonly (readonly [string, object, ProfileRule, string])[] = [
  [
    'an object without a word on other names',
    { type: 'object' },
    'closed-object',
    '/additionalProperties',
  ],
  [
    'an open object',
    { ...closed({}), additionalProperties: true },
    'closed-object',
    '/additionalProperties',
  ],
  [
    'an object open for anything',
    { ...closed({}), additionalProperties: {} },
    'closed-object',
    '/additionalProperties',
  ],
  [
    'an object closed by a text',
    { ...closed({}), additionalProperties: 'false' },
    'closed-object',
    '/additionalProperties',
  ],
  [
    'an object closed by another keyword',
    { type: 'object', properties: {}, unevaluatedProperties: false },
    'closed-object',
    '/additionalProperties',
  ],
  ['an empty schema', {}, 'known-type', '/type'],
  ['anyOf with an empty schema', { anyOf: [TEXT, {}] }, 'no-alternatives', '/anyOf'],
  ['anyOf beside a type', { ...TEXT, anyOf: [{}] }, 'no-alternatives', '/anyOf'],
  ['oneOf', { oneOf: [TEXT, {}] }, 'no-alternatives', '/oneOf'],
  ['allOf with nothing in it', { ...closed({}), allOf: [] }, 'no-alternatives', '/allOf'],
  ['not with an impossible schema', { not: { not: {} } }, 'no-alternatives', '/not'],
  ['not with an empty schema', { ...TEXT, not: {} }, 'no-alternatives', '/not'],
  ['if without then', { ...closed({}), if: false }, 'no-alternatives', '/if'],
  ['else alone', { ...TEXT, else: {} }, 'no-alternatives', '/else'],
  [
    'patternProperties of all names',
    { ...closed({}), patternProperties: { '': {} } },
    'no-open-names',
    '/patternProperties',
  ],
  [
    'several types',
    { type: ['object', 'string'], additionalProperties: false },
    'known-type',
    '/type',
  ],
  ['an array without items', { type: 'array', maxItems: 2 }, 'expected-schema', '/items'],
  [
    'an array of items that are true',
    { type: 'array', maxItems: 2, items: true },
    'expected-schema',
    '/items',
  ],
  ['an array without a size', { type: 'array', items: TEXT }, 'size-missing', ''],
  ['a string without a size', { type: 'string' }, 'size-missing', ''],
  ['an enum of objects', { enum: [{}] }, 'enum-member', '/enum/0'],
  ['a keyword that nobody checks', { ...TEXT, maxlength: 3 }, 'unknown-keyword', '/maxlength'],
];

for (const [what, hole, rule, below] of HOLES) {
  test(`${what} is refused at every level`, () => {
    for (const [, document, pointer] of PLACES) {
      assertRefusedSchema(document(hole), { rule, pointer: `${pointer}${below}` });
    }
  });
}

test('the outermost schema is closed too', () => {
  assertRefusedSchema(
    { type: 'object' },
    { rule: 'closed-object', pointer: '/additionalProperties' },
  );
  for (const value of [true, false, {}, null, [], 'object', { $ref: '#/$defs/a' }]) {
    assert.equal(parseSchema(value, 'output').ok, false);
  }
});

test('the same places accept a schema without a hole', () => {
  for (const [where, document] of PLACES) {
    assert.ok(parseSchema(document(TEXT), 'input').ok, where);
    assert.ok(parseSchema(document(closed({ a: TEXT })), 'input').ok, where);
  }
});
