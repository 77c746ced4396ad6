import assert from 'node:assert/strict';
import test from 'node:test';
import { annotationsOf } from '../../../../core/broker/catalog/schema-profile/annotations.ts';
import { parseSchema } from '../../../../core/broker/catalog/schema-profile/parse-schema.ts';

const closed = (properties: object, more: object = {}): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...more,
});
const TEXT = { type: 'string', maxLength: 10 };
const FILE = { type: 'string', maxLength: 10, 'x-capability': 'storage.read' };

const fault = (value: unknown, role: 'input' | 'output' = 'input'): string => {
  const reading = parseSchema(value, role);
  assert.equal(reading.ok, false, `accepted: ${JSON.stringify(value)?.slice(0, 200)}`);
  if (reading.ok) return '';
  const [{ path, at, problem }] = reading.findings;
  return `${path.join('/')} (${at}) ${problem}`;
};

const nested = (depth: number): object =>
  depth <= 1 ? closed({}) : closed({ a: nested(depth - 1) });

test('parseSchema reads every kind of the profile, and the widest bounds where none are given', () => {
  const reading = parseSchema(
    closed(
      {
        text: { type: 'string', minLength: 1, maxLength: 5 },
        count: { type: 'integer' },
        share: { type: 'number', minimum: 0, maximum: 1 },
        flag: { type: 'boolean' },
        kind: { enum: ['a', 1, null, true] },
        list: { type: 'array', items: TEXT, maxItems: 3 },
      },
      { required: ['text'] },
    ),
    'output',
  );
  assert.ok(reading.ok);
  const { properties, required } = reading.schema;
  assert.deepEqual(required, ['text']);
  assert.deepEqual(properties.get('count'), {
    type: 'integer',
    minimum: -9007199254740991,
    maximum: 9007199254740991,
  });
  assert.deepEqual(properties.get('list'), {
    type: 'array',
    items: {
      type: 'string',
      minLength: 0,
      maxLength: 10,
      capability: null,
      redact: false,
      pattern: null,
    },
    minItems: 0,
    maxItems: 3,
  });
});

test('parseSchema finds each request for authority, on a parameter and on the items of one', () => {
  const reading = parseSchema(
    closed({
      path: FILE,
      sources: { type: 'array', items: FILE, maxItems: 5 },
      query: TEXT,
      target: { type: 'string', maxLength: 10, 'x-capability': 'storage.create' },
    }),
    'input',
  );
  assert.ok(reading.ok);
  assert.deepEqual(annotationsOf(reading.schema), [
    { parameter: 'path', capability: 'storage.read', many: false },
    { parameter: 'sources', capability: 'storage.read', many: true },
    { parameter: 'target', capability: 'storage.create', many: false },
  ]);
});

test('parseSchema takes 8 levels and 256 schemas, and no more', () => {
  assert.ok(parseSchema(nested(8), 'input').ok);
  assert.match(fault(nested(9)), /nested deeper than 8$/);
  const wide = (count: number): object =>
    closed(Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, TEXT])));
  assert.ok(parseSchema(wide(255), 'input').ok);
  assert.match(fault(wide(256)), /more than 256 schemas$/);
});

test('parseSchema refuses nesting of a hundred thousand levels without a crash', () => {
  let deep: object = closed({});
  for (let i = 0; i < 100_000; i += 1) deep = closed({ a: deep });
  assert.match(fault(deep), /nested deeper than 8$/);
});

const KEYWORDS = [
  '$ref',
  '$dynamicRef',
  '$defs',
  '$id',
  'pattern',
  'patternProperties',
  'format',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'if',
  'default',
  'const',
  'title',
  'description',
  '$comment',
  'unevaluatedProperties',
  'propertyNames',
  'dependentRequired',
  'prefixItems',
  'contains',
  'uniqueItems',
  'multipleOf',
  'nullable',
];

for (const keyword of KEYWORDS) {
  test(`parseSchema refuses the keyword ${keyword} at every level`, () => {
    assert.match(fault(closed({}, { [keyword]: {} })), /^\S+ \(key\) keyword .* not allowed here$/);
    assert.match(fault(closed({ a: { ...TEXT, [keyword]: {} } })), /^properties\/a\/\S+ \(key\)/);
  });
}

test('parseSchema demands closed objects at every level', () => {
  assert.match(fault({ type: 'object' }), /additionalProperties: false/);
  assert.match(fault(closed({}, { additionalProperties: true })), /additionalProperties: false/);
  assert.match(fault(closed({}, { additionalProperties: {} })), /additionalProperties: false/);
  assert.match(
    fault(closed({ a: { type: 'object' } })),
    /^properties\/a\/additionalProperties \(value\) /,
  );
});

test('parseSchema refuses names that a prototype answers to, as properties and as required', () => {
  for (const name of [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'then',
    'a b',
    '',
    '$a',
  ]) {
    const properties = Object.fromEntries([[name, TEXT]]);
    assert.match(fault(closed(properties)), /\(key\) not a property name$/, name);
    assert.match(fault(closed({}, { required: [name] })), /^required\/0 /, name);
  }
});

test('parseSchema refuses sizes that are missing, crossed or beyond the limits', () => {
  assert.match(fault(closed({ a: { type: 'string' } })), /^properties\/a .*missing `maxLength`/);
  assert.match(fault(closed({ a: { type: 'array', items: TEXT } })), /missing `maxItems`/);
  assert.match(fault(closed({ a: { type: 'array', maxItems: 2 } })), /expected a schema/);
  for (const maxLength of [-1, 1.5, 1_048_577, Infinity, '5', null]) {
    assert.match(fault(closed({ a: { type: 'string', maxLength } })), /^properties\/a/);
  }
  assert.match(fault(closed({ a: { ...TEXT, minLength: 11 } })), /lower bound/);
  assert.match(fault(closed({ a: { type: 'number', minimum: 2, maximum: 1 } })), /lower bound/);
  assert.match(fault(closed({ a: { type: 'integer', maximum: 1e300 } })), /plain number/);
});

test('parseSchema refuses an enum that is empty, too long, repeated or not of plain values', () => {
  for (const members of [[], ['a', 'a'], [{}], [[1]], [NaN], [1e300], 'a', Array(65).fill(0)]) {
    assert.match(fault(closed({ a: { enum: members } })), /^properties\/a\/enum/);
  }
});

test('parseSchema refuses a request for authority anywhere but on parameters of an input', () => {
  const deep = closed({ a: closed({ path: FILE }) });
  const twice = closed({
    a: { type: 'array', maxItems: 1, items: { type: 'array', maxItems: 1, items: FILE } },
  });
  const inItems = closed({ a: { type: 'array', maxItems: 1, items: closed({ path: FILE }) } });
  for (const schema of [deep, twice, inItems]) {
    assert.match(fault(schema), /`x-capability` not allowed here$/);
  }
  assert.match(fault(closed({ path: FILE }), 'output'), /`x-capability` not allowed here$/);
  assert.match(
    fault(closed({ a: { type: 'integer', 'x-capability': 'storage.read' } })),
    /keyword `x-capability` not allowed here$/,
  );
});

test('parseSchema refuses a capability outside the closed list, and one that is null', () => {
  for (const word of ['storage.everything', 'STORAGE.READ', '', null, ['storage.read']]) {
    assert.match(fault(closed({ a: { ...TEXT, 'x-capability': word } })), /x-capability/);
  }
});

test('parseSchema refuses what is no schema at all', () => {
  for (const value of [null, true, 'object', [], 1, { type: 'array' }, { type: ['object'] }]) {
    assert.match(fault(value), /expected/);
  }
  assert.match(fault(closed({ a: { type: ['string', 'null'], maxLength: 1 } })), /expected one of/);
  assert.match(fault(closed({ a: { type: 'null' } })), /expected one of/);
});
