import assert from 'node:assert/strict';
import test from 'node:test';
import { checkValue } from '../../../../core/broker/catalog/schema-profile/check-value.ts';
import { parseSchema } from '../../../../core/broker/catalog/schema-profile/parse-schema.ts';
import type { ObjectSchema } from '../../../../core/vocabulary/manifest.ts';
import { closed } from './schemas.ts';

const read = (schema: unknown): ObjectSchema => {
  const reading = parseSchema(schema, 'input');
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.schema;
};

const problem = (schema: unknown, value: unknown): string => {
  const check = checkValue(read(schema), value);
  return check.ok ? 'ok' : `${check.at}: ${check.problem}`;
};

const SAMPLE = closed(
  {
    name: { type: 'string', minLength: 2, maxLength: 3 },
    count: { type: 'integer', minimum: 1, maximum: 9 },
    kind: { enum: ['a', 1, null] },
    list: {
      type: 'array',
      minItems: 1,
      maxItems: 2,
      items: closed({ flag: { type: 'boolean' } }, { required: ['flag'] }),
    },
  },
  { required: ['name'] },
);

test('checkValue names the place of what is wrong and never repeats the value', () => {
  assert.equal(problem(SAMPLE, { name: 'ab', count: 3, kind: null, list: [{ flag: true }] }), 'ok');
  assert.equal(problem(SAMPLE, {}), ': missing `name`');
  assert.equal(problem(SAMPLE, { name: 'secret' }), '/name: longer than 3 characters');
  assert.equal(problem(SAMPLE, { name: 's' }), '/name: shorter than 2 characters');
  assert.equal(problem(SAMPLE, { name: 'ab', count: 10 }), '/count: more than 9');
  assert.equal(problem(SAMPLE, { name: 'ab', count: 1.5 }), '/count: expected an integer');
  assert.equal(problem(SAMPLE, { name: 'ab', kind: 'b' }), '/kind: not one of the allowed values');
  assert.equal(problem(SAMPLE, { name: 'ab', list: [] }), '/list: fewer than 1 items');
  assert.equal(
    problem(SAMPLE, { name: 'ab', list: [{ flag: true }, { flag: 'yes' }] }),
    '/list/1/flag: expected a boolean, got a string',
  );
  assert.equal(problem(SAMPLE, { name: 'ab', extra: 1 }), ': unknown key `extra`');
  assert.equal(problem(SAMPLE, null), ': expected an object, got null');
});

test('checkValue counts code points, so that a pair of surrogates is one character', () => {
  assert.equal(problem(SAMPLE, { name: '😀😀😀' }), 'ok');
  assert.equal(problem(SAMPLE, { name: '😀😀😀😀' }), '/name: longer than 3 characters');
  assert.equal(problem(SAMPLE, { name: '\ud83d' }), '/name: shorter than 2 characters');
});

test('checkValue sees own properties only', () => {
  const hostile: unknown = JSON.parse('{"name":"ab","__proto__":{"count":1}}');
  assert.equal(problem(SAMPLE, hostile), ': unknown key `__proto__`');
  assert.equal(problem(SAMPLE, Object.create({ name: 'ab' })), ': missing `name`');
  assert.equal(
    problem(closed({ a: { type: 'boolean' } }), { toString: 1 }),
    ': unknown key `toString`',
  );
});

test('checkValue shows a hostile key as printable ASCII of at most 64 characters', () => {
  const answer = problem(SAMPLE, { name: 'ab', [`\u001b[31m\u202e\`${'x'.repeat(500)}`]: 1 });
  assert.match(answer, /^: unknown key `[\x20-\x7e]{64}`$/);
});

test('checkValue refuses numbers that have no printed form to hash', () => {
  const schema = closed({ n: { type: 'number' } });
  for (const n of [1e-7, 1e21, 2 ** 53, -0, NaN, Infinity]) {
    assert.equal(problem(schema, { n }), '/n: a number that is too large or too fine', String(n));
  }
  for (const n of [0, -1.5, 0.0001, 123456.25]) assert.equal(problem(schema, { n }), 'ok');
});

test('checkValue takes a frozen value as it is and changes nothing', () => {
  const value = Object.freeze({ name: 'ab', list: Object.freeze([Object.freeze({ flag: true })]) });
  assert.equal(problem(SAMPLE, value), 'ok');
  assert.deepEqual(value, { name: 'ab', list: [{ flag: true }] });
});
