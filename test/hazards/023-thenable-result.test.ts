import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after }, { limits: { cpu_ms: 300, wall_ms: 600 } });

const KINDS: Readonly<Record<string, readonly HazardResult['code'][]>> = {
  sync: ['completed'],
  looping: ['cpu'],
  'looping inside': ['cpu'],
  twice: ['completed'],
  itself: ['cpu', 'wall'],
  never: ['wall'],
  rejecting: ['guest_error'],
  throwing: ['completed'],
};

for (const [kind, codes] of Object.entries(KINDS)) {
  test(`a thenable of the kind "${kind}" is awaited in the cell alone, until ${codes[0]}`, async () => {
    const result = await range.attack({ script: '023-thenable-result', document: kind });
    assertContained(result, ...codes);
    assert.ok(result.ms < 4000, `${result.ms} ms`);
  });
}
