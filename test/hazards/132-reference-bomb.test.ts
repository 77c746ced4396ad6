import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSchema } from '../../core/broker/catalog/schema-profile/parse-schema.ts';
import { closed, TEXT } from '../broker/catalog/schema-profile/schemas.ts';
import { assertRefusedSchema } from '../harness/refused-schema.ts';

// Attack 132: references that never end, or that end after 2^30 schemas. Each is followed by its name and
// counted; no schema is ever compiled. The manifest is refused whole, so no task begins with it.

const to = (name: string): object => ({ $ref: `#/$defs/${name}` });

/** `d0` holds `d1` twice, `d1` holds `d2` twice, and so on: 2^30 schemas when written out. */
const bomb = (wrap: (next: object) => object): object => {
  const $defs: Record<string, object> = { d30: TEXT };
  for (let i = 0; i < 30; i += 1) $defs[`d${i}`] = wrap(to(`d${i + 1}`));
  return closed({ a: to('d0') }, { $defs });
};

test('a definition that leads back to itself is refused, however long the way is', () => {
  const cycles: readonly (readonly [object, string])[] = [
    [{ a: to('a') }, '/$defs/a/$ref'],
    [{ a: to('b'), b: to('c'), c: to('a') }, '/$defs/c/$ref'],
    [{ a: closed({ next: to('a') }) }, '/$defs/a/properties/next/$ref'],
    [{ a: { type: 'array', maxItems: 1, items: to('a') } }, '/$defs/a/items/$ref'],
  ];
  for (const [$defs, pointer] of cycles) {
    assertRefusedSchema(closed({ start: to('a') }, { $defs }), {
      rule: 'reference-cycle',
      pointer,
    });
  }
});

test('a bomb of references ends at the limit of depth or of schemas', () => {
  const deep = bomb((next) => closed({ x: next, y: next }));
  assertRefusedSchema(deep, { rule: 'too-deep', pointer: '/$defs/d6/properties/x' });
  // Of one level below the limit of depth, and so wide that only the count ends it.
  const wide = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`p${i}`, to('b')]));
  const $defs = {
    a: closed(wide),
    b: closed(Object.fromEntries(Object.keys(wide).map((n) => [n, TEXT]))),
  };
  const reading = parseSchema(closed({ start: to('a') }, { $defs }), 'input');
  assert.ok(!reading.ok);
  assert.deepEqual(
    reading.findings.map(({ rule }) => rule),
    ['too-many-schemas'],
  );
});

test('a chain of references alone spends the count of schemas', () => {
  const names = Array.from({ length: 120 }, (_, i) => `d${i}`);
  const chain = Object.fromEntries(
    names.map((name, i) => [name, i < 119 ? to(`d${i + 1}`) : TEXT]),
  );
  const twice = closed({ a: to('d0'), b: to('d0') }, { $defs: chain });
  assertRefusedSchema(closed({ a: closed({ b: twice }) }), {
    rule: 'keyword-place',
    pointer: '/properties/a/properties/b/$defs',
  });
  assertRefusedSchema(closed({ a: to('d0'), b: to('d0'), c: to('d0') }, { $defs: chain }), {
    rule: 'too-many-schemas',
    pointer: '/$defs/d12',
  });
  assert.ok(parseSchema(twice, 'input').ok);
});

test('a reference whose meaning depends on who asks is refused', () => {
  for (const keyword of ['$dynamicRef', '$dynamicAnchor', '$recursiveRef', '$recursiveAnchor']) {
    assertRefusedSchema(closed({ a: { [keyword]: '#a' } }), {
      rule: 'known-type',
      pointer: '/properties/a/type',
    });
    assertRefusedSchema(closed({ a: { [keyword]: '#a' } }), {
      rule: 'no-dynamic-reference',
      pointer: `/properties/a/${keyword}`,
    });
  }
});
