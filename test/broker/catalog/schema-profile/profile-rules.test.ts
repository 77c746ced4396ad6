import assert from 'node:assert/strict';
import test from 'node:test';
import { BANNED_KEYWORDS } from '../../../../core/broker/catalog/schema-profile/banned-keywords.ts';
import { parseSchema } from '../../../../core/broker/catalog/schema-profile/parse-schema.ts';
import {
  PROFILE_RULES,
  type ProfileRule,
} from '../../../../core/broker/catalog/schema-profile/profile-rules.ts';
import { closed, FILE, nested, TEXT } from './schemas.ts';

const wide = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, { type: 'boolean' }]));
const patterned = (pattern: unknown, more: object = {}): object => ({ ...TEXT, pattern, ...more });

/** For each rule a schema that breaks it alone, and the pointer to where. */
const BROKEN: Readonly<Record<ProfileRule, readonly [unknown, string]>> = {
  'expected-schema': [closed({ a: true }), '/properties/a'],
  'outermost-object': [{ type: 'array' }, ''],
  'known-type': [closed({ a: { type: 'null' } }), '/properties/a/type'],
  'unknown-keyword': [closed({ a: { ...TEXT, 'x-trust': true } }), '/properties/a/x-trust'],
  'keyword-place': [closed({ a: { ...TEXT, maxItems: 3 } }), '/properties/a/maxItems'],
  'no-alternatives': [closed({ a: { ...TEXT, anyOf: [{}] } }), '/properties/a/anyOf'],
  'no-default': [closed({ a: { ...TEXT, default: '' } }), '/properties/a/default'],
  'no-format': [closed({ a: { ...TEXT, format: 'email' } }), '/properties/a/format'],
  'no-examples': [closed({ a: { ...TEXT, examples: [] } }), '/properties/a/examples'],
  'no-open-names': [closed({}, { patternProperties: {} }), '/patternProperties'],
  'no-tuples': [closed({}, { prefixItems: [] }), '/prefixItems'],
  'no-dependent': [closed({}, { dependentRequired: {} }), '/dependentRequired'],
  'no-multiple-of': [
    closed({ a: { type: 'number', multipleOf: 0.1 } }),
    '/properties/a/multipleOf',
  ],
  'no-unique-items': [
    closed({ a: { type: 'array', items: TEXT, maxItems: 2, uniqueItems: true } }),
    '/properties/a/uniqueItems',
  ],
  'no-identifiers': [closed({}, { $id: 'https://example.org/s' }), '/$id'],
  'no-dynamic-reference': [closed({}, { $dynamicRef: '#a' }), '/$dynamicRef'],
  'no-annotations': [closed({ a: { ...TEXT, readOnly: true } }), '/properties/a/readOnly'],
  'closed-object': [{ type: 'object', properties: { a: TEXT } }, '/additionalProperties'],
  'property-name': [closed({ 'a b': TEXT }), '/properties/a b'],
  'properties-map': [closed([TEXT]), '/properties'],
  'required-list': [closed({ a: TEXT }, { required: ['a', 'b'] }), '/required/1'],
  'too-wide': [closed(wide(129)), '/properties'],
  'too-deep': [nested(9), `${'/properties/a'.repeat(8)}`],
  'too-many-schemas': [
    closed({ a: closed(wide(100)), b: closed(wide(100)), c: closed(wide(52)), d: TEXT }),
    '/properties/d',
  ],
  'size-missing': [closed({ a: { type: 'string' } }), '/properties/a'],
  'size-range': [closed({ a: { type: 'string', maxLength: -1 } }), '/properties/a/maxLength'],
  'bounds-crossed': [closed({ a: { ...TEXT, minLength: 11 } }), '/properties/a'],
  'plain-number': [closed({ a: { type: 'number', minimum: 1e300 } }), '/properties/a/minimum'],
  'exclusive-bound': [
    closed({ a: { type: 'number', exclusiveMinimum: 0 } }),
    '/properties/a/exclusiveMinimum',
  ],
  'enum-list': [closed({ a: { enum: [] } }), '/properties/a/enum'],
  'enum-member': [closed({ a: { enum: ['a', {}] } }), '/properties/a/enum/1'],
  'capability-place': [
    closed({ a: closed({ path: FILE }) }),
    '/properties/a/properties/path/x-capability',
  ],
  'capability-name': [
    closed({ a: { ...TEXT, 'x-capability': 'storage.all' } }),
    '/properties/a/x-capability',
  ],
  'redact-true': [closed({ a: { ...TEXT, 'x-redact': 'yes' } }), '/properties/a/x-redact'],
  'plain-text': [closed({ a: { ...TEXT, title: 'a\u202eb' } }), '/properties/a/title'],
  'pattern-text': [closed({ a: patterned('a\u001b[31m') }), '/properties/a/pattern'],
  'pattern-syntax': [closed({ a: patterned('(?=a)') }), '/properties/a/pattern'],
  'pattern-program': [closed({ a: patterned('(a{30}){30}') }), '/properties/a/pattern'],
  'pattern-count': [
    closed(Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`p${i}`, patterned('a')]))),
    '/properties/p16/pattern',
  ],
  'pattern-steps': [
    closed({ a: { type: 'string', maxLength: 1_000_000, pattern: '^[a-z]*$' } }),
    '/properties/a/pattern',
  ],
  'reference-form': [closed({ a: { $ref: '#/properties/b' } }), '/properties/a/$ref'],
  'reference-unknown': [closed({ a: { $ref: '#/$defs/b' } }), '/properties/a/$ref'],
  'reference-cycle': [
    closed({ a: { $ref: '#/$defs/b' } }, { $defs: { b: { $ref: '#/$defs/b' } } }),
    '/$defs/b/$ref',
  ],
  'definition-unused': [closed({}, { $defs: { b: TEXT } }), '/$defs/b'],
};

for (const [rule, [schema, pointer]] of Object.entries(BROKEN)) {
  test(`parseSchema finds what breaks ${rule}, and tells where and how to mend it`, () => {
    const reading = parseSchema(schema, 'input');
    assert.ok(!reading.ok);
    const told = reading.findings.map((finding) => [finding.rule, finding.pointer]);
    assert.deepEqual(told, [[rule, pointer]]);
    for (const { problem, mend } of reading.findings) {
      assert.match(problem, /^[\x20-\x7e]+[^.]$/);
      assert.match(mend, /^[\x20-\x7e]+[^.]$/);
      assert.notEqual(problem, mend);
    }
  });
}

test('each rule says in one sentence what it demands', () => {
  for (const [rule, sentence] of Object.entries(PROFILE_RULES)) {
    assert.match(rule, /^[a-z]+(-[a-z]+)*$/);
    assert.match(sentence, /^[A-Z`].*\.$/, rule);
  }
});

for (const [keyword, { rule, mend }] of BANNED_KEYWORDS) {
  test(`parseSchema refuses ${keyword} at every level with its own mend`, () => {
    for (const [schema, pointer] of [
      [closed({}, { [keyword]: {} }), `/${keyword}`],
      [closed({ a: { ...TEXT, [keyword]: {} } }), `/properties/a/${keyword}`],
    ] as const) {
      const reading = parseSchema(schema, 'output');
      assert.ok(!reading.ok);
      const [{ pointer: found, ...finding }, ...others] = reading.findings;
      assert.deepEqual(others, []);
      assert.deepEqual(
        [found, finding.rule, finding.mend, finding.at],
        [pointer, rule, mend, 'key'],
      );
    }
  });
}

test('parseSchema tells every fault of a schema at once, each with its own place', () => {
  const reading = parseSchema(
    {
      type: 'object',
      properties: { a: { type: 'string', format: 'uri' }, b: { enum: [] }, c: closed({}) },
      required: ['d'],
      $id: 'x',
    },
    'output',
  );
  assert.ok(!reading.ok);
  assert.deepEqual(
    reading.findings.map(({ rule, pointer }) => `${pointer} ${rule}`),
    [
      '/$id no-identifiers',
      '/additionalProperties closed-object',
      '/properties/a/format no-format',
      '/properties/a size-missing',
      '/properties/b/enum enum-list',
      '/required/0 required-list',
    ],
  );
});

test('parseSchema ends with the twentieth finding', () => {
  const properties = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`p${i}`, {}]));
  const reading = parseSchema(closed(properties), 'input');
  assert.ok(!reading.ok);
  assert.equal(reading.findings.length, 20);
});

test('parseSchema shows names of a stranger as printable ASCII, and keeps the place exact', () => {
  const hostile = `\u001b[31m~/\u202e${'x'.repeat(100)}`;
  const reading = parseSchema(closed({ [hostile]: TEXT }), 'input');
  assert.ok(!reading.ok);
  const [{ pointer, problem, path }] = reading.findings;
  assert.equal(pointer, `/properties/?[31m~0~1?${'x'.repeat(56)}`);
  assert.match(problem, /^[\x20-\x7e]+$/);
  assert.deepEqual(path, ['properties', hostile]);
});
