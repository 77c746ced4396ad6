import assert from 'node:assert/strict';
import test from 'node:test';
import { parseSchema } from '../../../../core/broker/catalog/schema-profile/parse-schema.ts';
import { closed, FILE, nested, TEXT } from './schemas.ts';

const to = (name: string, more: object = {}): object => ({ $ref: `#/$defs/${name}`, ...more });
const rules = (schema: object, role: 'input' | 'output' = 'input'): readonly string[] => {
  const reading = parseSchema(schema, role);
  return reading.ok ? [] : reading.findings.map(({ pointer, rule }) => `${pointer} ${rule}`);
};

test('a reference reads as the definition that it leads to, at every place anew', () => {
  const point = closed({ x: to('size'), y: to('size') }, { required: ['x'] });
  const schema = closed(
    { from: to('point', { description: 'Where it starts.' }), to: to('point') },
    { $defs: { point, size: { type: 'integer', minimum: 0 } } },
  );
  const size = { type: 'integer', minimum: 0 };
  const flat = closed({ x: size, y: size }, { required: ['x'] });
  assert.deepEqual(
    parseSchema(schema, 'input'),
    parseSchema(closed({ from: flat, to: flat }), 'input'),
  );
});

test('a definition asks for no authority: who reads a parameter would not see it', () => {
  const $defs = { file: FILE };
  const refused = ['/$defs/file/x-capability capability-place'];
  const items = { type: 'array', maxItems: 2, items: to('file') };
  assert.deepEqual(rules(closed({ a: to('file') }, { $defs })), refused);
  assert.deepEqual(rules(closed({ b: items }, { $defs })), refused);
  assert.deepEqual(rules(closed({ a: closed({ b: to('file') }) }, { $defs })), refused);
  assert.deepEqual(rules(closed({ a: to('file') }, { $defs }), 'output'), refused);
});

test('a fault inside a definition is told once, at the definition', () => {
  const schema = closed({ a: to('d'), b: to('d') }, { $defs: { d: { type: 'string' } } });
  assert.deepEqual(rules(schema), ['/$defs/d size-missing']);
});

test('references do not lead around the limit of depth', () => {
  const $defs = { deep: nested(7) };
  assert.deepEqual(rules(closed({ a: to('deep') }, { $defs })), []);
  assert.deepEqual(rules(closed({ a: closed({ b: to('deep') }) }, { $defs })), [
    `/$defs/deep${'/properties/a'.repeat(6)} too-deep`,
  ]);
});

test('definitions stand at the root alone, and a reference stands alone', () => {
  assert.deepEqual(rules(closed({ a: closed({}, { $defs: {} }) })), [
    '/properties/a/$defs keyword-place',
  ]);
  assert.deepEqual(rules(closed({ a: to('d', { maxLength: 3 }) }, { $defs: { d: TEXT } })), [
    '/properties/a/maxLength keyword-place',
  ]);
  assert.deepEqual(
    rules(closed({ a: to('d') }, { $defs: { d: TEXT, $e: TEXT, constructor: TEXT } })),
    ['/$defs/$e property-name', '/$defs/constructor property-name'],
  );
});
