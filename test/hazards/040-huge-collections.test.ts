import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after }, { limits: { cpu_ms: 500, wall_ms: 5000 } });

for (const document of ['sparse', 'names', 'items', 'map', 'set', 'small objects']) {
  test(`a collection of the kind "${document}" ends by a limit of its step`, async () => {
    const result = await range.attack({ script: '040-huge-collections', document, asResult: true });
    assertContained(result, 'guest_error', 'memory', 'cpu', 'result_too_large');
    assert.ok(result.ms < 8000, `${result.ms} ms`);
    assert.ok(result.peakRssMb < 400, `${result.peakRssMb} MB`);
  });
}
