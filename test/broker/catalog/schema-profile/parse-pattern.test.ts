import assert from 'node:assert/strict';
import test from 'node:test';
import { checkValue } from '../../../../core/broker/catalog/schema-profile/check-value.ts';
import { parseSchema } from '../../../../core/broker/catalog/schema-profile/parse-schema.ts';
import { readPatternProgram } from '../../../../core/broker/catalog/schema-profile/pattern-program.ts';
import { compileLinear } from '../../../../core/vocabulary/parse/linear-pattern.ts';
import { closed } from './schemas.ts';

const read = (pattern: unknown, more: object = {}) =>
  parseSchema(closed({ a: { type: 'string', maxLength: 100, pattern, ...more } }), 'input');
const rule = (pattern: unknown, more: object = {}): string => {
  const reading = read(pattern, more);
  return reading.ok ? 'ok' : reading.findings.map((finding) => finding.rule).join();
};
const matches = (pattern: string, text: string): boolean => {
  const reading = read(pattern);
  assert.ok(reading.ok, pattern);
  return checkValue(reading.schema, { a: text }).ok;
};

test('a pattern is searched anywhere in the text, as JSON Schema says', () => {
  assert.equal(matches('b', 'abc'), true);
  assert.equal(matches('^b$', 'abc'), false);
  assert.equal(matches('', 'abc'), true);
  assert.equal(matches('^[0-9a-f]{64}$', 'a'.repeat(64)), true);
  assert.equal(matches('^[0-9a-f]{64}$', 'a'.repeat(63)), false);
  assert.equal(matches('^(?i:yes|no)$', 'YES'), true);
  assert.equal(matches('^.$', '😀'), true);
  assert.equal(matches('^\\p{L}+\\x{20AC}$', 'Größe€'), true);
});

test('a value that breaks its pattern is refused without a word of it', () => {
  const reading = read('^[a-z]+$');
  assert.ok(reading.ok);
  assert.deepEqual(checkValue(reading.schema, { a: 'SECRET' }), {
    ok: false,
    at: '/a',
    problem: 'does not match its pattern',
  });
});

test('the length is looked at before the pattern', () => {
  const reading = read('^[a-z]+$', { maxLength: 3, minLength: 2 });
  assert.ok(reading.ok);
  const problem = (a: string): string => {
    const check = checkValue(reading.schema, { a });
    return check.ok ? 'ok' : check.problem;
  };
  assert.equal(problem('A'.repeat(1_000_000)), 'longer than 3 characters');
  assert.equal(problem('A'), 'shorter than 2 characters');
  assert.equal(problem('AAA'), 'does not match its pattern');
});

const OUTSIDE = [
  '(?=a)',
  '(?!a)',
  '(?<=a)b',
  '(?<name>a)',
  '(?P<name>a)',
  '(a)\\1',
  '\\k<a>',
  '\\u0041',
  '\\cA',
  '\\Qa\\E',
  '\\C',
  '[]a]',
  '[^]',
  '[^]a]',
  '[[:alpha:]]',
  '[a',
  'a]',
  'a}',
  'a{',
  'a{x}',
  '(a',
  'a)',
  '\\',
  'a**',
  '*a',
  '[z-a]',
  'a{2,1}',
  '\\p{Nonsense}',
];

for (const pattern of OUTSIDE) {
  test(`a pattern \`${pattern}\` is outside what RE2 engines have in common`, () => {
    assert.equal(rule(pattern), 'pattern-syntax');
  });
}

test('a pattern is a text of at most 512 visible characters', () => {
  assert.equal(rule(`^${'a*'.repeat(2)}${'\\x61'.repeat(120)}$`), 'ok');
  for (const pattern of ['a'.repeat(513), 'a\nb', 'a\u202eb', null, 5, ['a']]) {
    assert.equal(rule(pattern), 'pattern-text');
  }
});

test('repetitions are multiplied out before a pattern is compiled', () => {
  for (const pattern of [
    '(a{1000}){1000}',
    '((((a{9}){9}){9}){9}){9}',
    'a{257}',
    '(a?){0,200}',
    'a{300,}',
    '(?:\\pL|\\PL){20}',
    '[\\p{Lu}\\p{Ll}]{4}',
    '(?i)[\\pL][\\pN][\\pL][\\pN][\\pL][\\pN][\\pL][\\pN]',
    `${'(a'.repeat(100)}${')+'.repeat(100)}`,
  ]) {
    assert.equal(rule(pattern), 'pattern-program', pattern);
  }
});

test('the size of a program that is told without compiling is about what it compiles to', () => {
  for (const [pattern, low, high] of [
    ['^[0-9a-f]{64}$', 0.9, 1.3],
    ['^[a-z]+(-[a-z]+)*$', 0.8, 2],
    ['(a{5}){6}', 0.9, 2.5],
    ['(a?b){3,7}', 0.9, 2.5],
    ['(a|b|c){20}', 0.9, 4],
    ['^([0-9]{1,3}\\.){3}[0-9]{1,3}$', 0.9, 2],
  ] as const) {
    const told = readPatternProgram(pattern);
    assert.ok(told.ok);
    const compiled = compileLinear(pattern).programSize();
    const share = told.size / compiled;
    assert.ok(share >= low && share <= high, `${pattern}: ${told.size} told, ${compiled} compiled`);
  }
});

test('what patterns cost is bounded over the whole document, arrays counted out', () => {
  const hash = { type: 'string', maxLength: 64, pattern: '^[0-9a-f]+$' };
  const many = (maxItems: number): object =>
    closed({ a: { type: 'array', maxItems, items: { type: 'array', maxItems: 20, items: hash } } });
  const first = (schema: object): string => {
    const reading = parseSchema(schema, 'output');
    return reading.ok ? 'ok' : `${reading.findings[0].pointer} ${reading.findings[0].rule}`;
  };
  assert.equal(first(many(50)), 'ok');
  assert.equal(first(many(1000)), '/properties/a/items/items/pattern pattern-steps');
});
