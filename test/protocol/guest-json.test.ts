import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isDeeperThan, parseGuestJson } from '../../core/protocol/guest-json.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;

test('isDeeperThan agrees with a walk of the parsed value', () => {
  const letters = fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', '{', '}', 'a') });
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 8 }, letters, fc.integer(), tie('list'), tie('record')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    record: fc.dictionary(letters, tie('value'), { maxKeys: 4 }),
  }));
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 9 }), (data, limit) => {
      assert.equal(isDeeperThan(JSON.stringify(data), limit), depthOf(data) > limit);
    }),
    { numRuns: 300 },
  );
});

test('parseGuestJson refuses a million open brackets without parsing them', () => {
  const before = process.memoryUsage.rss();
  assert.throws(() => parseGuestJson('['.repeat(1_500_000), 1_572_864), { message: /deeper/ });
  assert.ok(process.memoryUsage.rss() - before < 64 * 1024 * 1024);
});

test('parseGuestJson counts bytes, not characters', () => {
  assert.equal(parseGuestJson('"éé"', 6), 'éé');
  assert.throws(() => parseGuestJson('"ééé"', 7), { code: 'violation' });
});

test('parseGuestJson leaves a key named __proto__ an inert own property', () => {
  const value = parseGuestJson('{"__proto__":{"polluted":true}}', 100);
  assert.deepEqual(Object.keys(value ?? {}), ['__proto__']);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('parseGuestJson says nothing of the text that it refuses', () => {
  assert.throws(() => parseGuestJson('{"secret": tru', 100), { message: 'malformed json' });
});
