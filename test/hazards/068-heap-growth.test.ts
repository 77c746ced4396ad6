import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after }, { limits: { heap_mb: 12, cpu_ms: 10_000 } });

for (const document of [
  'objects',
  'map entries',
  'set entries',
  'closures',
  'numbers',
  'promises',
]) {
  test(`a step that fills its heap with ${document} ends as memory`, async () => {
    const result = await range.attack({ script: '068-heap-growth', document });
    assertContained(result, 'memory');
    assert.ok(result.ms < 12_000, `ended after ${result.ms} ms`);
    assert.ok(result.peakRssMb < 320, `${result.peakRssMb} MB`);
  });
}
