import assert from 'node:assert/strict';
import test from 'node:test';
import { annotationsOf } from '../../../../core/broker/catalog/schema-profile/annotations.ts';
import { parseSchema } from '../../../../core/broker/catalog/schema-profile/parse-schema.ts';
import { closed, FILE, nested, TEXT } from './schemas.ts';

const fault = (value: unknown, role: 'input' | 'output' = 'input'): string => {
  const reading = parseSchema(value, role);
  assert.equal(reading.ok, false, `accepted: ${JSON.stringify(value)?.slice(0, 200)}`);
  if (reading.ok) return '';
  const [{ path, at, problem }] = reading.findings;
  return `${path.join('/')} (${at}) ${problem}`;
};

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
  const both = (count: number): object => closed({ a: wide(126), b: wide(count) });
  assert.ok(parseSchema(both(127), 'input').ok);
  assert.match(fault(both(128)), /more than 256 schemas$/);
  assert.ok(parseSchema(wide(128), 'input').ok);
  assert.match(fault(wide(129)), /more than 128 names$/);
});

test('parseSchema refuses nesting of a hundred thousand levels without a crash', () => {
  let deep: object = closed({});
  for (let i = 0; i < 100_000; i += 1) deep = closed({ a: deep });
  assert.match(fault(deep), /nested deeper than 8$/);
});

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
    assert.match(fault(closed(properties)), /\(key\) .* not a property name$/, name);
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

test('parseSchema takes text of one visible line and hands none of it on', () => {
  const text = { title: 'Name', description: 'Wie heißt er? 😀', $comment: 'x'.repeat(500) };
  const reading = parseSchema(closed({ a: { ...TEXT, ...text } }, text), 'input');
  assert.ok(reading.ok);
  assert.deepEqual(parseSchema(closed({ a: TEXT }), 'input'), reading);
  for (const keyword of ['title', 'description', '$comment']) {
    for (const hidden of [
      'a\nb',
      '\u001b[2J',
      'a\u202eb',
      'a\u200bb',
      '\ud83d',
      'a\u2028b',
      '\u{e0041}',
    ]) {
      assert.match(fault(closed({ a: { ...TEXT, [keyword]: hidden } })), /visible characters$/);
    }
    for (const value of ['x'.repeat(501), 5, null, ['a'], {}]) {
      assert.match(fault(closed({}, { [keyword]: value })), /visible characters$/);
    }
  }
});

test('parseSchema reads const as an enum of one, and a type beside plain values', () => {
  const read = (schema: object): unknown => {
    const reading = parseSchema(closed({ a: schema }), 'input');
    return reading.ok ? reading.schema.properties.get('a') : reading.findings[0].rule;
  };
  assert.deepEqual(read({ const: 'a' }), { enum: ['a'] });
  assert.deepEqual(read({ const: null }), { enum: [null] });
  assert.deepEqual(read({ type: 'string', enum: ['a', 'b'] }), { enum: ['a', 'b'] });
  assert.deepEqual(read({ type: 'integer', enum: [1, 2] }), { enum: [1, 2] });
  assert.deepEqual(read({ type: 'boolean', const: true }), { enum: [true] });
  assert.equal(read({ type: 'string', enum: ['a', 1] }), 'enum-member');
  assert.equal(read({ type: 'object', enum: [1] }), 'known-type');
  assert.equal(read({ type: null, enum: [1] }), 'known-type');
  assert.equal(read({ const: { a: 1 } }), 'enum-member');
  assert.equal(read({ const: 'a', enum: ['a'] }), 'keyword-place');
  assert.equal(read({ enum: ['a\u202e'] }), 'enum-member');
});

test('parseSchema turns exclusive bounds of integers into inclusive ones', () => {
  const bounds = (schema: object): unknown => {
    const reading = parseSchema(closed({ a: { type: 'integer', ...schema } }), 'input');
    return reading.ok ? reading.schema.properties.get('a') : reading.findings[0].rule;
  };
  const between = (minimum: number, maximum: number): object => ({
    type: 'integer',
    minimum,
    maximum,
  });
  assert.deepEqual(bounds({ exclusiveMinimum: 0, exclusiveMaximum: 3 }), between(1, 2));
  assert.deepEqual(bounds({ exclusiveMinimum: -1, exclusiveMaximum: 1 }), between(0, 0));
  assert.deepEqual(bounds({ exclusiveMinimum: -0.5, exclusiveMaximum: 2.5 }), between(0, 2));
  assert.deepEqual(bounds({ minimum: 5, exclusiveMinimum: 2, maximum: 9 }), between(5, 9));
  assert.equal(bounds({ exclusiveMinimum: 2, exclusiveMaximum: 3 }), 'bounds-crossed');
  assert.equal(bounds({ exclusiveMinimum: Number.MAX_SAFE_INTEGER }), 'bounds-crossed');
  assert.equal(bounds({ exclusiveMinimum: true }), 'plain-number');
});

test('parseSchema takes x-redact on any string but the name of a resource', () => {
  const secret = { ...TEXT, 'x-redact': true };
  const list = { type: 'array', maxItems: 2, items: secret };
  const reading = parseSchema(closed({ a: secret, b: closed({ c: list }) }), 'output');
  assert.ok(reading.ok);
  assert.partialDeepStrictEqual(reading.schema.properties.get('a'), { redact: true });
  assert.match(fault(closed({ a: { ...FILE, 'x-redact': true } })), /cannot be hidden$/);
  for (const value of [false, 'true', 1, null]) {
    assert.match(fault(closed({ a: { ...TEXT, 'x-redact': value } })), /expected true$/);
  }
});
