import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange(
  { after },
  { limits: { heap_mb: 16, cpu_ms: 400, wall_ms: 3000 } },
);

test('nothing tells a step when its garbage is collected', async () => {
  assertContained(await range.attack({ script: '076-collector-storm', document: 'names' }));
});

for (const document of ['ephemerons', 'churn']) {
  test(`a step that keeps the collector busy (${document}) ends at a limit`, async () => {
    const result = await range.attack({ script: '076-collector-storm', document });
    assertContained(result, 'cpu', 'wall', 'memory');
    assert.ok(result.ms < 6000, `ended after ${result.ms} ms`);
    assert.ok(result.peakRssMb < 320, `${result.peakRssMb} MB`);
  });
}
