import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after }, { limits: { cpu_ms: 500 } });

for (const document of ['groups', 'names', 'lookbehind', 'counted', 'matches', 'code']) {
  test(`memory filled by patterns (${document}) ends at a limit`, async () => {
    const result = await range.attack({ script: '073-pattern-memory', document });
    assertContained(result, 'completed', 'memory', 'cpu');
    assert.ok(result.ms < 6000, `ended after ${result.ms} ms`);
    assert.ok(result.peakRssMb < 320, `${result.peakRssMb} MB`);
  });
}
