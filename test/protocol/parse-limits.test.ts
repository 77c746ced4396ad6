import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { LIMIT_BOUNDS, LIMIT_KEYS } from '../../core/protocol/limits.ts';
import { narrowLimits, parseLimits } from '../../core/protocol/parse-limits.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { makeValidator } from '../../core/vocabulary/parse/ajv.ts';
import schema from '../../schemas/sandbox-profile.schema.json' with { type: 'json' };

const profile = JSON.parse(readFileSync(`${PACKAGE_ROOT}/sandbox-profiles/standard.json`, 'utf8'));
const standard = parseLimits(profile.limits);
const check = makeValidator(schema);
const matches = (limits: unknown): boolean => check({ ...profile, limits }).ok;

test('parseLimits and the schema agree about each bound of each limit', () => {
  assert.ok(matches(standard));
  for (const key of LIMIT_KEYS) {
    const [lowest, highest] = LIMIT_BOUNDS[key];
    for (const value of [lowest, highest]) {
      assert.ok(matches({ ...standard, [key]: value }), `${key} ${value}`);
      assert.doesNotThrow(() => parseLimits({ ...standard, [key]: value }));
    }
    for (const value of [lowest - 1, highest + 1, lowest + 0.5, String(lowest), null]) {
      assert.ok(!matches({ ...standard, [key]: value }), `${key} ${value}`);
      assert.throws(() => parseLimits({ ...standard, [key]: value }), { code: 'violation' });
    }
    const { [key]: _, ...rest } = standard;
    assert.throws(() => parseLimits(rest), { code: 'violation' });
    assert.ok(!matches(rest));
  }
  assert.ok(!matches({ ...standard, network: true }));
  assert.throws(() => parseLimits({ ...standard, network: true }), { code: 'violation' });
});

test('narrowLimits takes the lower of two limits and never the higher', () => {
  const narrowed = narrowLimits(standard, { cpu_ms: 100, wall_ms: 10_000_000 });
  assert.equal(narrowed.cpu_ms, 100);
  assert.equal(narrowed.wall_ms, standard.wall_ms);
  assert.deepEqual(narrowLimits(standard), standard);
});
