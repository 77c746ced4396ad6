import assert from 'node:assert/strict';
import test from 'node:test';
import { readYaml } from '../../../core/vocabulary/parse/yaml.ts';

const read = (text: string) => readYaml(text, { maxBytes: 65_536 });

const refusal = (text: string): string => {
  const reading = read(text);
  assert.equal(reading.ok, false, `accepted: ${JSON.stringify(text)}`);
  return reading.ok ? '' : `${reading.line}:${reading.column} ${reading.problem}`;
};

test('readYaml reads maps, lists and scalars of the core schema', () => {
  const reading = read('a: 1\nb: [x, true, null, 1.5]\nc:\n  d: "no"\n  e: nope\n  f: -1e3\n');
  assert.ok(reading.ok);
  assert.deepEqual(JSON.parse(JSON.stringify(reading.value)), {
    a: 1,
    b: ['x', true, null, 1.5],
    c: { d: 'no', e: 'nope', f: -1000 },
  });
});

test('readYaml reads a text with CRLF line ends like one with LF', () => {
  const reading = read('a: 1\r\nb: two\r\n');
  assert.ok(reading.ok);
  assert.deepEqual({ ...(reading.value as object) }, { a: 1, b: 'two' });
});

test('readYaml reads every plain key as the string that it shows', () => {
  const reading = read('1: a\nnull: b\ntrue: c\n');
  assert.ok(reading.ok);
  assert.deepEqual(Object.keys(reading.value as object), ['1', 'null', 'true']);
  assert.match(refusal('1: a\n"1": b\n'), /^2:1 key `1` stands here twice/);
});

test('readYaml reads an empty text as null', () => {
  const reading = read('# nothing\n');
  assert.ok(reading.ok && reading.value === null);
});

const REFUSED: readonly (readonly [name: string, text: string, answer: RegExp])[] = [
  ['a double key', 'a: 1\nb: 2\na: 3\n', /^3:1 key `a` stands here twice$/],
  ['a double key in a flow map', 'x: {a: 1, a: 2}\n', /^1:11 key `a`/],
  ['two spellings of one key', 'a: 1\n"a": 2\n', /^2:1 key `a`/],
  ['an alias', 'a: &x 1\nb: *x\n', /^1:\d+ an anchor/],
  ['an anchor that nothing uses', 'a: 1\nb: &x 2\n', /^2:\d+ an anchor/],
  ['an anchor on a key', '&k a: 1\n', /^1:\d+ an anchor/],
  ['an alias as a key', 'a: 1\n*x : 2\n', /^2:1 /],
  ['a standard tag', 'a: !!str 1\n', /^1:\d+ a tag/],
  ['a tag of its own', 'a: 1\nb: !js/function "x"\n', /^2:4 /],
  ['binary', 'a: !!binary aGk=\n', /^1:4 /],
  ['a merge key', 'a: 1\n<<: {b: 2}\n', /^2:1 a merge key/],
  ['a version directive', '%YAML 1.1\n---\na: 1\n', /^1:1 a directive/],
  ['a tag directive', '%TAG ! tag:x,2000:\n---\na: 1\n', /^1:1 a directive/],
  ['a second document', 'a: 1\n---\nb: 2\n', /^2:1 /],
  ['a tab as indentation', 'a:\n\tb: 1\n', /^2:1 a tab/],
  ['a tab in a line', 'a: 1\nb:\t2\n', /^2:3 a tab/],
  ['a list as key', '? [a]\n: 1\n', /^1:/],
  ['an integer that would be rounded', 'a: 9007199254740993\n', /^1:4 a number beyond/],
  ['a word for true', 'a: yes\n', /^1:4 a word that other readers take for true or false/],
  ['a key for false', 'Off: a\n', /^1:1 a word that other readers take for true or false/],
  ['base eight', 'a: 0o17\n', /^1:4 a number that is not written in plain decimal/],
  ['a leading zero', 'a: 017\n', /^1:4 a number that is not written in plain decimal/],
  ['base sixteen', 'a: 0x1f\n', /^1:4 a number that is not written in plain decimal/],
  ['infinity', 'a: .inf\n', /^1:4 a number that is not finite/],
  ['not a number', 'a: .nan\n', /^1:4 a number that is not finite/],
  ['nesting', `${'['.repeat(40)}${']'.repeat(40)}\n`, /^1:34 nested deeper than 32/],
  ['an open bracket', 'a: [1, 2\nb: 3\n', /^\d+:\d+ /],
];

for (const [name, text, answer] of REFUSED) {
  test(`readYaml refuses ${name} with line and column`, () => {
    assert.match(refusal(text), answer);
  });
}

test('readYaml refuses deep nesting without a crash', () => {
  assert.match(refusal('['.repeat(30_000)), /^1:/);
});

test('readYaml refuses a text over its bytes before it parses', () => {
  const reading = readYaml(`a: "${'x'.repeat(200)}"`, { maxBytes: 100 });
  assert.deepEqual(reading, { ok: false, problem: 'more than 100 bytes', line: 1, column: 1 });
});

test('readYaml takes time in proportion to the keys of a map', () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `k${i}:\n`).join('');
  const before = performance.now();
  assert.ok(readYaml(text, { maxBytes: 1_000_000 }).ok);
  assert.ok(performance.now() - before < 5_000);
});

test('readYaml keeps __proto__ as a plain key of an object without a prototype', () => {
  const reading = read('__proto__: {polluted: true}\n');
  assert.ok(reading.ok);
  const value = reading.value as object;
  assert.deepEqual(Object.keys(value), ['__proto__']);
  assert.equal(Object.getPrototypeOf(value), null);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('locate finds keys, values, list items and the last part that exists', () => {
  const reading = read('a: 1\nb:\n  c: [x, y]\n  d: {e: 5}\n');
  assert.ok(reading.ok);
  assert.deepEqual(reading.locate(['b', 'c'], 'key'), { line: 3, column: 3 });
  assert.deepEqual(reading.locate(['b', 'c', 1], 'value'), { line: 3, column: 10 });
  assert.deepEqual(reading.locate(['b', 'd', 'e'], 'value'), { line: 4, column: 10 });
  assert.deepEqual(reading.locate(['b', 'd', 'missing'], 'value'), { line: 4, column: 6 });
  assert.deepEqual(reading.locate([], 'value'), { line: 1, column: 1 });
});
