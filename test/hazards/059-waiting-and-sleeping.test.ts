import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const WALL_MS = 400;
const range = await openHazardRange({ after }, { limits: { wall_ms: WALL_MS } });

test('nothing that could block the thread is there', async () => {
  const result = await range.attack({ script: '059-waiting-and-sleeping' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [] });
});

for (const document of ['sleep', 'nap']) {
  test(`a step that does nothing but ${document} ends by the wall limit`, async () => {
    const result = await range.attack({ script: '059-waiting-and-sleeping', document });
    assertContained(result, 'wall');
    assert.ok(result.ms < WALL_MS + 2000, `ended after ${result.ms} ms`);
  });
}
