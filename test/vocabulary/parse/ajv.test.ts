import assert from 'node:assert/strict';
import test from 'node:test';
import { makeValidator } from '../../../core/vocabulary/parse/ajv.ts';

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: {
    id: { type: 'string', pattern: '^[a-z]+$' },
    code: { type: 'string', pattern: '^[0-9]+$' },
    mode: { enum: ['fast', 'slow'] },
    items: { type: 'array', items: { type: 'integer', minimum: 1 } },
    names: { type: 'object', propertyNames: { pattern: '^[a-z]+$' } },
  },
};

const check = makeValidator(SCHEMA);

const problem = (value: unknown) => {
  const result = check(value);
  return result.ok ? undefined : [result.path.join('/'), result.at, result.problem];
};

test('a validator hands on a value of the schema', () => {
  const value = { id: 'a', code: '1', mode: 'slow', items: [1] };
  assert.deepEqual(check(value), { ok: true, value });
});

test('a validator names the path of what is wrong and whether key or value is', () => {
  assert.deepEqual(problem({ id: 'a', extra: 1 }), ['extra', 'key', 'unknown key `extra`']);
  assert.deepEqual(problem({}), ['', 'value', 'missing key `id`']);
  assert.deepEqual(problem({ id: 'a', items: [1, 0] }), ['items/1', 'value', 'must be >= 1']);
  assert.deepEqual(problem({ id: 1 }), ['id', 'value', 'must be string']);
  assert.deepEqual(problem({ id: 'a', mode: 'no' }), [
    'mode',
    'value',
    'expected one of `fast`, `slow`',
  ]);
  assert.equal(
    problem({ id: 'a', names: { B: 1 } })
      ?.slice(0, 2)
      .join(' '),
    'names/B key',
  );
});

test('two patterns of one schema are told apart', () => {
  assert.equal(problem({ id: '1' })?.[0], 'id');
  assert.equal(problem({ id: 'a', code: 'b' })?.[0], 'code');
});

test('a key from a prototype is not there, and __proto__ is an unknown key', () => {
  assert.deepEqual(problem(Object.create({ id: 'a' })), ['', 'value', 'missing key `id`']);
  const hostile: unknown = JSON.parse('{"id":"a","__proto__":{"code":"x"}}');
  assert.deepEqual(problem(hostile), ['__proto__', 'key', 'unknown key `__proto__`']);
});

test('a pattern with lookaround or a backreference is refused', () => {
  for (const pattern of ['(?=a)b', '(a)\\1']) {
    assert.throws(() => makeValidator({ type: 'string', pattern })('a'));
  }
});

test('a pattern that makes a backtracking engine explode answers at once', () => {
  const slow = makeValidator({ type: 'string', pattern: '^(a+)+$' });
  const before = performance.now();
  assert.equal(slow(`${'a'.repeat(20_000)}!`).ok, false);
  assert.ok(performance.now() - before < 5_000);
});
