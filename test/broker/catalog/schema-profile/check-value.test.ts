import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { checkValue } from '../../../../core/broker/catalog/schema-profile/check-value.ts';
import { parseSchema } from '../../../../core/broker/catalog/schema-profile/parse-schema.ts';
import { isPortableNumber } from '../../../../core/vocabulary/canonical.ts';
import type { ObjectSchema } from '../../../../core/vocabulary/manifest.ts';
import { makeValidator } from '../../../../core/vocabulary/parse/ajv.ts';
import { runs } from '../../../harness/runs.ts';

interface Json {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Json;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
}

const read = (schema: unknown): ObjectSchema => {
  const reading = parseSchema(schema, 'input');
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.schema;
};

const closed = (
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = [],
): Json & { readonly additionalProperties: false } => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

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
      items: closed({ flag: { type: 'boolean' } }, ['flag']),
    },
  },
  ['name'],
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

// Schemas of the profile and values that nearly fit them, judged by Ajv as a second opinion.
const size = fc.nat({ max: 4 });
const word = fc.string({ unit: 'grapheme', maxLength: 5 });
const plain = fc.oneof(word, fc.integer({ min: -5, max: 5 }), fc.boolean(), fc.constant(null));
const NAMES = ['a', 'b', 'c', 'd'];

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.tuple(size, size).map(([x, y]) => ({
    type: 'string',
    minLength: Math.min(x, y),
    maxLength: Math.max(x, y),
  })),
  fc.tuple(fc.constantFrom('integer', 'number'), size, size).map(([type, x, y]) => ({
    type,
    minimum: Math.min(x, y),
    maximum: Math.max(x, y),
  })),
  fc.constant({ type: 'boolean' }),
  fc.uniqueArray(plain, { minLength: 1, maxLength: 4 }).map((members) => ({ enum: members })),
);

const { anySchema } = fc.letrec<{ anySchema: Json }>((tie) => ({
  anySchema: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.tuple(tie('anySchema'), size, size).map(([items, x, y]) => ({
      type: 'array',
      items,
      minItems: Math.min(x, y),
      maxItems: Math.max(x, y),
    })),
    objectOf(tie('anySchema')),
  ),
}));

function objectOf(inner: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc
    .tuple(fc.dictionary(fc.constantFrom(...NAMES), inner, { maxKeys: 3 }), fc.nat({ max: 7 }))
    .map(([properties, bits]) => {
      const names = Object.keys(properties);
      return closed(
        { ...properties },
        names.filter((_, i) => (bits >> i) & 1),
      );
    });
}

const number = fc
  .oneof(fc.integer({ min: -6, max: 6 }), fc.double({ min: -6, max: 6, noNaN: true }))
  .filter(isPortableNumber);
const anyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    word,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom(...NAMES, 'x', '__proto__', 'constructor'), tie('value'), {
      maxKeys: 4,
    }),
  ),
})).value;

const valueFor = (schema: Json): fc.Arbitrary<unknown> => {
  const fitting = (): fc.Arbitrary<unknown> => {
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    switch (schema.type) {
      case 'string':
        return word;
      case 'boolean':
        return fc.boolean();
      case 'array':
        return fc.array(valueFor(schema.items ?? {}), { maxLength: 4 });
      case 'object': {
        const fields = Object.entries(schema.properties ?? {}).map(
          ([k, v]) => [k, valueFor(v)] as const,
        );
        return fc.record(Object.fromEntries(fields), {
          requiredKeys: [...(schema.required ?? [])],
        });
      }
      default:
        return number;
    }
  };
  return fc.oneof({ weight: 12, arbitrary: fitting() }, { weight: 1, arbitrary: anyValue });
};

test('checkValue and Ajv give one verdict on any schema of the profile and any value', () => {
  let accepted = 0;
  fc.assert(
    fc.property(
      objectOf(anySchema).chain((schema) =>
        fc.tuple(fc.constant(schema), fc.array(valueFor(schema), { minLength: 4, maxLength: 8 })),
      ),
      ([schema, values]) => {
        const ours = read(schema);
        const theirs = makeValidator(schema);
        for (const value of values) {
          const before = JSON.stringify(value);
          const { ok } = checkValue(ours, value);
          assert.equal(ok, theirs(value).ok, `${JSON.stringify(schema)} on ${before}`);
          assert.equal(JSON.stringify(value), before);
          accepted += ok ? 1 : 0;
        }
      },
    ),
    { numRuns: runs(200) },
  );
  assert.ok(accepted > 100, `only ${accepted} values were accepted: the property tests too little`);
});
