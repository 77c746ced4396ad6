import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

// On a busy machine the wall comes first.
const LIMITS = { cpu_ms: 200, wall_ms: 600 };
const range = await openHazardRange({ after }, { limits: LIMITS });

test('all of the small library is of the guest, frozen, and sees no process', async () => {
  const result = await range.attack({ script: '231-library-of-the-guest' });
  assertContained(result);
  assert.ok(isJsonObject(result.got));
  assert.equal(Object(result.got['names']).length, 10);
  assert.ok(Number(result.got['walked']) > 150);
});

const KINDS: Readonly<Record<string, readonly HazardResult['code'][]>> = {
  'timer of no end': ['wall', 'cpu', 'too_many_calls'],
  'timer that loops': ['cpu', 'wall'],
  'many timers': ['guest_error'],
  'clone of no end': ['cpu', 'wall', 'memory', 'guest_error'],
  'clone of depth': ['cpu', 'wall', 'guest_error'],
  'clone with a getter': ['cpu', 'wall'],
  'address of length': ['cpu', 'wall', 'memory'],
  'query of length': ['cpu', 'wall', 'memory'],
  'console of no end': ['cpu', 'wall'],
  'console with a getter': ['completed'],
  'bytes of length': ['cpu', 'wall', 'memory'],
  'base64 of length': ['cpu', 'wall', 'memory'],
};

for (const [kind, codes] of Object.entries(KINDS)) {
  test(`time and memory spent through the library (${kind}) are the step's own`, async () => {
    const result = await range.attack({ script: '231-library-of-the-guest', document: kind });
    assertContained(result, ...codes);
    assert.ok(result.ms < 10_000, `${result.ms} ms`);
    assert.ok(result.peakRssMb <= 320, `${result.peakRssMb} MB`);
  });
}
