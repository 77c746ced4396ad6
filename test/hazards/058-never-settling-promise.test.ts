import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

// That the broker keeps the time even where the cell does not is tried with cells of our own, beside the supervisor.
const WALL_MS = 400;
const range = await openHazardRange({ after }, { limits: { wall_ms: WALL_MS } });

for (const document of ['promise', 'thenable', 'itself', 'in finally', 'generator']) {
  test(`a promise that nobody settles (${document}) ends by the wall limit`, async () => {
    const result = await range.attack({ script: '058-never-settling-promise', document });
    assertContained(result, 'wall');
    assert.ok(result.ms < WALL_MS + 2000, `ended after ${result.ms} ms`);
  });
}
