import fc from 'fast-check';
import { isPortableNumber } from '../../../../core/vocabulary/canonical.ts';

/** JSON Schema as an author may write it: mostly of the profile, now and then slightly outside. */
export interface Json {
  readonly [keyword: string]: unknown;
}

const size = fc.nat({ max: 4 });
const pair = fc.tuple(size, size).map(([x, y]) => [Math.min(x, y), Math.max(x, y)] as const);
const word = fc.string({ unit: fc.constantFrom('a', 'b', '-', '1', 'ß', '😀', ' '), maxLength: 6 });
const anyText = fc.oneof(word, fc.string({ unit: 'binary', maxLength: 6 }));
const number = fc
  .oneof(
    fc.integer({ min: -6, max: 6 }),
    fc.double({ min: -6, max: 6, noNaN: true }),
    fc.constantFrom(0.5, 1.5, -2.5, 2 ** 53 - 1, 1e14 + 0.5),
  )
  .filter(isPortableNumber);
const plain = fc.oneof(word, fc.integer({ min: -5, max: 5 }), fc.boolean(), fc.constant(null));
const NAMES = ['a', 'b', 'c', 'd'];
const DEFINED = ['d1', 'd2', 'd3'];
const PATTERNS = [
  '^[a-z]+$',
  'a',
  '^(a|b)*$',
  '(a+)+$',
  '^.{2,3}$',
  '[^a]',
  '^\\P{L}',
  '\\bß',
  '(?i)^A',
  '^a?b?$',
  '',
];

const rarely = <T, U>(
  usual: fc.Arbitrary<T>,
  rare: fc.Arbitrary<U>,
  weight = 40,
): fc.Arbitrary<T | U> => fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: rare });

/** Keywords laid over a schema: text that changes nothing, and now and then what the profile refuses. */
const decoration: fc.Arbitrary<Json> = fc.oneof(
  { weight: 30, arbitrary: fc.constant({}) },
  { weight: 6, arbitrary: fc.record({ description: word, title: word }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Json>(
      { default: 'a' },
      { format: 'email' },
      { anyOf: [{}] },
      { not: {} },
      { if: {} },
      { $id: 'other' },
      { $ref: 'https://example.org/schema' },
      { pattern: '(?=a)' },
      { pattern: '(a{99}){99}' },
      { additionalProperties: true },
      { maxLength: -1 },
      { enum: [] },
      { type: ['string', 'null'] },
      { maxItems: 0.5 },
    ),
  },
);
const decorated = (schema: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.tuple(schema, decoration).map(([base, more]) => ({ ...base, ...more }));

const text: fc.Arbitrary<Json> = fc
  .tuple(pair, fc.option(fc.constantFrom(...PATTERNS), { nil: undefined }), fc.boolean())
  .map(([[minLength, maxLength], pattern, redact]) => ({
    type: 'string',
    minLength,
    maxLength: maxLength + 2,
    ...(pattern === undefined ? {} : { pattern }),
    ...(redact ? { 'x-redact': true } : {}),
  }));
const numeric: fc.Arbitrary<Json> = fc
  .tuple(fc.constantFrom('integer', 'number'), pair, fc.constantFrom(0, -0.5, 0.25), fc.nat(4))
  .map(([type, [low, high], shift, bits]) => ({
    type,
    ...(bits & 1 ? { minimum: low + shift } : {}),
    ...(bits & 2 ? { maximum: high + 2 } : {}),
    ...(bits & 4 && type === 'integer' ? { exclusiveMinimum: low - 1, exclusiveMaximum: 9.5 } : {}),
  }));
const leaf: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 2, arbitrary: numeric },
  { weight: 1, arbitrary: fc.constant({ type: 'boolean' }) },
  {
    weight: 1,
    arbitrary: fc
      .uniqueArray(plain, { minLength: 1, maxLength: 4 })
      .map((members) => ({ enum: members })),
  },
  { weight: 1, arbitrary: plain.map((value) => ({ const: value })) },
);

const { anySchema } = fc.letrec<{ anySchema: Json }>((tie) => ({
  anySchema: decorated(
    fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.constantFrom(...DEFINED).map((name) => ({ $ref: `#/$defs/${name}` })),
      fc.tuple(tie('anySchema'), pair).map(([items, [minItems, maxItems]]) => ({
        type: 'array',
        items,
        minItems,
        maxItems: maxItems + 1,
      })),
      objectOf(tie('anySchema')),
    ),
  ),
}));

function objectOf(inner: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc
    .tuple(
      fc.dictionary(rarely(fc.constantFrom(...NAMES), fc.constant('then'), 60), inner, {
        maxKeys: 3,
      }),
      fc.nat({ max: 7 }),
    )
    .map(([properties, bits]) => ({
      type: 'object',
      additionalProperties: false,
      properties: { ...properties },
      required: Object.keys(properties).filter((_, i) => (bits >> i) & 1),
    }));
}

/** A whole document: an object, and the definitions that its references name. */
export const randomSchema: fc.Arbitrary<Json> = fc
  .tuple(objectOf(anySchema), decoration, leaf, decorated(leaf), anySchema)
  .map(([root, more, d1, d2, d3]) => {
    const all: Readonly<Record<string, Json>> = { d1, d2, d3 };
    const $defs = reached({ ...root, ...more }, all);
    return { ...root, ...more, ...(Object.keys($defs).length > 0 ? { $defs } : {}) };
  });

const reached = (schema: Json, all: Readonly<Record<string, Json>>): Record<string, Json> => {
  const found: Record<string, Json> = {};
  const follow = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/#\/\$defs\/(d\d)/g)) {
      const definition = all[name];
      if (definition === undefined || Object.hasOwn(found, name)) continue;
      found[name] = definition;
      follow(definition);
    }
  };
  follow(schema);
  return found;
};

/** Any value of JSON, with names that prototypes answer to. */
const anyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    anyText,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom(...NAMES, 'x', '__proto__', 'constructor'), tie('value'), {
      maxKeys: 4,
    }),
  ),
})).value;

/** A value that nearly always fits the schema: each part has a small chance to be another one. */
export const valueFor = (schema: Json, root: Json = schema): fc.Arbitrary<unknown> =>
  rarely(fittingValue(schema, root), anyValue, 30);

const fittingValue = (schema: Json, root: Json): fc.Arbitrary<unknown> => {
  const { $ref, enum: members, items, properties, required } = schema;
  if (typeof $ref === 'string') return valueFor(definitionOf($ref, root), root);
  if (Array.isArray(members) && members.length > 0) return fc.constantFrom(...members);
  if ('const' in schema) return fc.constant(schema['const']);
  switch (schema['type']) {
    case 'string':
      return textFor(schema);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueFor(isJson(items) ? items : {}, root), {
        minLength: sizeOf(schema['minItems'], 0),
        maxLength: sizeOf(schema['maxItems'], 4),
      });
    case 'object': {
      const fields = Object.entries(isJson(properties) ? properties : {}).map(
        ([name, inner]) => [name, valueFor(isJson(inner) ? inner : {}, root)] as const,
      );
      const requiredKeys = Array.isArray(required) ? required : [];
      return fc.record(Object.fromEntries(fields), { requiredKeys });
    }
    default:
      return numberFor(schema);
  }
};

const definitionOf = ($ref: string, root: Json): Json => {
  const { $defs } = root;
  const found = isJson($defs) ? $defs[$ref.slice('#/$defs/'.length)] : undefined;
  // A definition may lead back to itself: then any value will do.
  return isJson(found) && !JSON.stringify(found).includes('$ref') ? found : {};
};

const textFor = (schema: Json): fc.Arbitrary<unknown> =>
  fc.string({
    unit: fc.constantFrom('a', 'a', 'a', 'b', 'ß', '-', '😀'),
    minLength: sizeOf(schema['minLength'], 0),
    maxLength: sizeOf(schema['maxLength'], 6),
  });

const numberFor = (schema: Json): fc.Arbitrary<unknown> => {
  const { type, minimum, maximum } = schema;
  const low = Math.ceil(typeof minimum === 'number' ? minimum : -6);
  const high = Math.floor(typeof maximum === 'number' ? maximum : 7);
  if (low > high) return number;
  const whole = fc.integer({ min: low, max: high });
  return type === 'integer' ? whole : fc.oneof(whole, number);
};

const sizeOf = (value: unknown, absent: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 6 ? value : absent;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
