import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isDeeperThan, parseGuestJson } from '../../core/protocol/guest-json.ts';
import { runs } from '../harness/runs.ts';

const SIZE = { bytes: 4 * 1024 * 1024, depth: 64, nodes: 65_536 };
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;

test('isDeeperThan agrees with a recursive walk', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 9 }), fc.integer({ min: 0, max: 9 }), (data, limit) => {
      assert.equal(isDeeperThan(JSON.parse(JSON.stringify(data)), limit), depthOf(data) > limit);
    }),
    { numRuns: runs(300) },
  );
});

test('parseGuestJson takes data of its greatest depth and politely refuses one level more', () => {
  assert.equal(depthOf(parseGuestJson(nested(SIZE.depth), SIZE)), SIZE.depth);
  assert.equal(parseGuestJson(nested(SIZE.depth + 1), SIZE), undefined);
  assert.equal(parseGuestJson(nested(SIZE.nodes), SIZE), undefined);
});

test('parseGuestJson takes its greatest number of lists and objects and refuses one more', () => {
  const half = SIZE.nodes / 2;
  const list = (count: number) => `[${'[],'.repeat(count - 1)}${'{},'.repeat(half)}1]`;
  assert.equal(Object.keys(parseGuestJson(list(half), SIZE) ?? {}).length, SIZE.nodes);
  assert.equal(parseGuestJson(list(half + 1), SIZE), undefined);
});

test('parseGuestJson counts no brackets that are words', () => {
  const words = '[\\"{\\\\'.repeat(150_000);
  assert.equal(parseGuestJson(`{"text":"${words}"}`, SIZE) === undefined, false);
  assert.equal(
    parseGuestJson(`{"text":"${words}","a":[${'[],'.repeat(70_000)}1]}`, SIZE),
    undefined,
  );
});

test('parseGuestJson refuses a million open brackets without parsing them', () => {
  const before = process.memoryUsage.rss();
  assert.equal(parseGuestJson('['.repeat(1_500_000), SIZE), undefined);
  assert.ok(process.memoryUsage.rss() - before < 64 * 1024 * 1024);
});

test('parseGuestJson counts bytes, not characters', () => {
  assert.equal(parseGuestJson('"éé"', { ...SIZE, bytes: 6 }), 'éé');
  assert.throws(() => parseGuestJson('"ééé"', { ...SIZE, bytes: 7 }), { code: 'violation' });
});

test('parseGuestJson leaves a key named __proto__ an inert own property', () => {
  const value = parseGuestJson('{"__proto__":{"polluted":true}}', { ...SIZE, bytes: 100 });
  assert.deepEqual(Object.keys(value ?? {}), ['__proto__']);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('parseGuestJson says nothing of the text that it refuses', () => {
  assert.throws(() => parseGuestJson('{"secret": tru', { ...SIZE, bytes: 100 }), {
    message: 'malformed json',
  });
});
