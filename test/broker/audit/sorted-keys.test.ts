import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sortedKeys } from '../../../core/broker/audit/sorted-keys.ts';
import { canonicalJson } from '../../../core/vocabulary/canonical.ts';
import type { JsonValue } from '../../../core/vocabulary/json.ts';
import { runs } from '../../harness/runs.ts';

/** Compact and ASCII-escaped, keys in insertion order, as the earlier writer printed. */
const inOrder = (value: JsonValue): string => {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null) return canonicalJson(value);
  const members = Object.entries(value).map(([k, v]) => `${canonicalJson(k)}:${inOrder(v)}`);
  return `{${members.join(',')}}`;
};

test('sortedKeys gives the canonical form of data in insertion order', () => {
  const json = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any')),
      fc.dictionary(fc.string({ unit: 'binary' }), tie('any')),
    ),
  })).any;
  fc.assert(
    fc.property(json, (raw) => {
      const value: JsonValue = JSON.parse(JSON.stringify(raw).replaceAll('-0', '0'));
      assert.equal(sortedKeys(inOrder(value)), canonicalJson(value));
    }),
    { numRuns: runs(300) },
  );
});

test('sortedKeys keeps the spelling of numbers', () => {
  assert.equal(
    sortedKeys('{"b":600.0,"a":1e-05,"c":12345678901234567890}'),
    '{"a":1e-05,"b":600.0,"c":12345678901234567890}',
  );
});

test('sortedKeys refuses every second spelling of the same data', () => {
  const refused = [
    '{"a":1,"a":1}',
    '{"a": 1}',
    '{"a":1} ',
    '{"\\u0061":1}',
    '{"a":"\\u00E9"}',
    '{"a":"\\/"}',
    '{"a":01}',
    '{"a":NaN}',
    '{"a":1,}',
    '[1,]',
    '{"a"}',
    '"x',
    '',
  ];
  for (const text of refused) assert.equal(sortedKeys(text), undefined, text);
});

test('sortedKeys refuses deep nesting instead of overflowing the stack', () => {
  assert.equal(sortedKeys('['.repeat(500_000)), undefined);
});
