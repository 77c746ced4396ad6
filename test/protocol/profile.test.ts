import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseProfile } from '../../core/protocol/profile.ts';
import { PROFILE_NAMES } from '../../core/vocabulary/enums.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { makeValidator } from '../../core/vocabulary/parse/ajv.ts';
import schema from '../../schemas/sandbox-profile.schema.json' with { type: 'json' };

const check = makeValidator(schema);
const read = (name: string) =>
  JSON.parse(readFileSync(`${PACKAGE_ROOT}/sandbox-profiles/${name}.json`, 'utf8'));

test('each profile that ships fits the schema and the parser', () => {
  for (const name of PROFILE_NAMES) {
    assert.ok(check(read(name)).ok, name);
    assert.equal(parseProfile(name, read(name)).name, name);
  }
});

test('parseProfile and the schema refuse the same faults', () => {
  const good = read('standard');
  const without = { ...good };
  delete without.recycle;
  for (const bad of [
    without,
    { ...good, network: true },
    { ...good, name: 'standard' },
    { ...good, task_cpu_ms: 0 },
    { ...good, plugins_share_process: 'yes' },
    { ...good, recycle: { steps: 0, age_ms: 1000 } },
    { ...good, recycle: { steps: 1, age_ms: 1000, calls: 1 } },
    { ...good, seccomp: '../cell' },
    { ...good, landlock: '' },
    { ...good, limits: [] },
  ]) {
    assert.ok(!check(bad).ok, JSON.stringify(bad));
    assert.throws(() => parseProfile('standard', bad), { code: 'violation' });
  }
});

test('strict and vetting are nowhere wider than standard', () => {
  const { limits } = parseProfile('standard', read('standard'));
  for (const name of ['strict', 'vetting'] as const) {
    const tighter = parseProfile(name, read(name));
    assert.equal(tighter.recycle.steps, 1);
    for (const [key, value] of Object.entries(tighter.limits))
      assert.ok(value <= limits[key as keyof typeof limits], `${name} ${key}`);
  }
});
