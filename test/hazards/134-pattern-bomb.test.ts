import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkValue } from '../../core/broker/catalog/schema-profile/check-value.ts';
import { parseSchema } from '../../core/broker/catalog/schema-profile/parse-schema.ts';
import { closed } from '../broker/catalog/schema-profile/schemas.ts';
import { assertRefusedSchema } from '../harness/refused-schema.ts';

// Attack 134: a pattern that takes a backtracking engine years, or any engine too much memory. Patterns run
// in linear time on a text whose length is bounded first, and their programs are measured before they exist.

const text = (pattern: string, maxLength = 3000): object =>
  closed({ a: { type: 'string', maxLength, pattern } });

const EXPLODING: readonly (readonly [string, string])[] = [
  ['(a+)+$', `${'a'.repeat(2999)}!`],
  ['^(a|a)*$', `${'a'.repeat(2999)}!`],
  ['^(a|aa)+$', `${'a'.repeat(2999)}!`],
  ['^(.*a){12}$', `${'a'.repeat(2999)}!`],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(3000)],
  ['(a?){20}a{20}b', 'a'.repeat(3000)],
  ['(x+x+)+y', 'x'.repeat(3000)],
];

for (const [pattern, value] of EXPLODING) {
  test(`\`${pattern}\` takes time in proportion to the text`, () => {
    const reading = parseSchema(text(pattern), 'input');
    assert.ok(reading.ok, JSON.stringify(reading));
    const start = performance.now();
    assert.equal(checkValue(reading.schema, { a: value }).ok, false);
    // A backtracking engine is busy beyond the age of the world with any of them.
    assert.ok(performance.now() - start < 3000);
  });
}

const TOO_LARGE = [
  '(a{1000}){1000}',
  '((((((a{99}){99}){99}){99}){99}){99})',
  '(?:(?:(?:a{0,200}){0,200}){0,200}){0,200}',
  '\\pL{1000}',
  '(?i)[\\pL\\PN]{200}',
  `(${'a?'.repeat(100)}){9}`,
];

for (const pattern of TOO_LARGE) {
  test(`\`${pattern.slice(0, 40)}\` is refused by its size before an engine compiles it`, () => {
    assertRefusedSchema(text(pattern, 10), {
      rule: 'pattern-program',
      pointer: '/properties/a/pattern',
    });
  });
}

test('what the patterns of a document cost together is bounded', () => {
  const slow = { type: 'string', maxLength: 3000, pattern: '[ab]*a[ab]{200}$' };
  const properties = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`p${i}`, slow]));
  assertRefusedSchema(closed(properties), {
    rule: 'pattern-steps',
    pointer: '/properties/p1/pattern',
  });
  const list = { type: 'array', maxItems: 10_000, items: { ...slow, maxLength: 30 } };
  assertRefusedSchema(closed({ list }), {
    rule: 'pattern-steps',
    pointer: '/properties/list/items/pattern',
  });
  const reading = parseSchema(closed({ a: slow }), 'input');
  assert.ok(reading.ok);
  const start = performance.now();
  // Random enough that no two states of the program are the same.
  const value = Array.from({ length: 3000 }, (_, i) => ((i * i * 7 + i) % 11 < 5 ? 'a' : 'b')).join(
    '',
  );
  checkValue(reading.schema, { a: value });
  assert.ok(performance.now() - start < 4000);
});

test('patterns stand nowhere else: not on names, and not hidden in a format', () => {
  assertRefusedSchema(closed({}, { patternProperties: { '(a+)+$': {} } }), {
    rule: 'no-open-names',
    pointer: '/patternProperties',
  });
  assertRefusedSchema(closed({}, { propertyNames: { pattern: '(a+)+$' } }), {
    rule: 'no-open-names',
    pointer: '/propertyNames',
  });
  assertRefusedSchema(closed({ a: { type: 'string', maxLength: 9, format: 'regex' } }), {
    rule: 'no-format',
    pointer: '/properties/a/format',
  });
});
