import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkValue } from '../../core/broker/catalog/schema-profile/check-value.ts';
import { parseSchema } from '../../core/broker/catalog/schema-profile/parse-schema.ts';
import { schemaToJson } from '../../core/broker/catalog/schema-profile/schema-to-json.ts';
import { closed, TEXT } from '../broker/catalog/schema-profile/schemas.ts';
import { assertRefusedSchema } from '../harness/refused-schema.ts';

// Attack 136: names that a prototype answers to, and checks that change what they check.

const NAMES = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'then'];

test('no property, definition or requirement has a name that an object answers to by itself', () => {
  for (const name of NAMES) {
    const holding: unknown = JSON.parse(`{${JSON.stringify(name)}: {"type":"boolean"}}`);
    assertRefusedSchema(closed(Object(holding)), {
      rule: 'property-name',
      pointer: `/properties/${name}`,
    });
    assertRefusedSchema(closed({}, { $defs: holding }), {
      rule: 'property-name',
      pointer: `/$defs/${name}`,
    });
    assertRefusedSchema(closed({}, { required: [name] }), {
      rule: 'required-list',
      pointer: '/required/0',
    });
  }
});

test('keywords that a prototype holds are not there', () => {
  const inherited = Object.create(closed({ a: TEXT }));
  assertRefusedSchema(inherited, { rule: 'outermost-object', pointer: '' });
  const open = Object.assign(Object.create({ additionalProperties: false }), { type: 'object' });
  assertRefusedSchema(open, { rule: 'closed-object', pointer: '/additionalProperties' });
});

test('a keyword of such a name is refused as any unknown one', () => {
  const schema: unknown = JSON.parse('{"type":"boolean","__proto__":{"type":"string"}}');
  assertRefusedSchema(closed({ a: schema }), {
    rule: 'unknown-keyword',
    pointer: '/properties/a/__proto__',
  });
});

test('a default, with or without side values, is refused', () => {
  for (const value of ['x', null, { admin: true }, []]) {
    assertRefusedSchema(closed({ a: { ...TEXT, default: value } }), {
      rule: 'no-default',
      pointer: '/properties/a/default',
    });
  }
  assertRefusedSchema(closed({}, { default: { a: 1 } }), {
    rule: 'no-default',
    pointer: '/default',
  });
});

const reading = parseSchema(
  closed(
    {
      flag: { type: 'boolean' },
      count: { type: 'integer', minimum: 0 },
      text: TEXT,
      list: { type: 'array', maxItems: 2, items: TEXT },
    },
    { required: ['flag'] },
  ),
  'input',
);
assert.ok(reading.ok);
const { schema } = reading;

test('a value with such names is refused, and nothing of a prototype counts as given', () => {
  for (const name of NAMES) {
    const value: unknown = JSON.parse(`{"flag":true,${JSON.stringify(name)}:1}`);
    assert.equal(checkValue(schema, value).ok, false, name);
  }
  assert.equal(checkValue(schema, Object.create({ flag: true })).ok, false);
  assert.equal(Reflect.get({}, 'flag'), undefined);
});

test('nothing is coerced and nothing is filled in', () => {
  for (const wrong of [
    { flag: 'true' },
    { flag: 1 },
    { flag: true, count: '5' },
    { flag: true, count: true },
    { flag: true, count: null },
    { flag: true, text: 5 },
    { flag: true, text: ['a'] },
    { flag: true, list: 'a' },
    { flag: true, list: { 0: 'a', length: 1 } },
    [true],
    'flag',
  ]) {
    const before = JSON.stringify(wrong);
    assert.equal(checkValue(schema, wrong).ok, false, before);
    assert.equal(JSON.stringify(wrong), before);
  }
  const value = Object.freeze({ flag: true });
  assert.deepEqual(checkValue(schema, value), { ok: true });
  assert.deepEqual(Object.keys(value), ['flag']);
});

test('reading a schema changes nothing of it, and what is handed on is a copy', () => {
  const stated = { kind: { enum: ['a', 'b'] } };
  const document = closed(stated);
  const before = JSON.stringify(document);
  const read = parseSchema(document, 'input');
  assert.ok(read.ok);
  assert.equal(JSON.stringify(document), before);
  stated.kind.enum.push('c');
  assert.equal(checkValue(read.schema, { kind: 'c' }).ok, false);
  assert.deepEqual(schemaToJson(read.schema), closed({ kind: { enum: ['a', 'b'] } }));
});
