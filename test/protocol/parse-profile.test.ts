import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { narrowProfile, parseProfile } from '../../core/protocol/parse-profile.ts';
import { PROFILE_BOUNDS, PROFILE_KEYS } from '../../core/protocol/profile.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { makeValidator } from '../../core/vocabulary/parse/ajv.ts';
import schema from '../../schemas/sandbox-profile.schema.json' with { type: 'json' };

const standard = parseProfile(
  JSON.parse(readFileSync(`${PACKAGE_ROOT}/sandbox-profiles/standard.json`, 'utf8')),
);
const check = makeValidator(schema);
const matches = (value: unknown): boolean => check(value).ok;

test('parseProfile and the schema agree about each bound of each limit', () => {
  assert.ok(matches(standard));
  for (const key of PROFILE_KEYS) {
    const [lowest, highest] = PROFILE_BOUNDS[key];
    for (const value of [lowest, highest]) {
      assert.ok(matches({ ...standard, [key]: value }), `${key} ${value}`);
      assert.doesNotThrow(() => parseProfile({ ...standard, [key]: value }));
    }
    for (const value of [lowest - 1, highest + 1, lowest + 0.5, String(lowest), null]) {
      assert.ok(!matches({ ...standard, [key]: value }), `${key} ${value}`);
      assert.throws(() => parseProfile({ ...standard, [key]: value }), { code: 'violation' });
    }
    const { [key]: _, ...rest } = standard;
    assert.throws(() => parseProfile(rest), { code: 'violation' });
    assert.ok(!matches(rest));
  }
  assert.ok(!matches({ ...standard, network: true }));
  assert.throws(() => parseProfile({ ...standard, network: true }), { code: 'violation' });
});

test('narrowProfile takes the lower of two limits and never the higher', () => {
  const narrowed = narrowProfile(standard, { cpu_ms: 100, wall_ms: 10_000_000 });
  assert.equal(narrowed.cpu_ms, 100);
  assert.equal(narrowed.wall_ms, standard.wall_ms);
  assert.deepEqual(narrowProfile(standard), standard);
});
