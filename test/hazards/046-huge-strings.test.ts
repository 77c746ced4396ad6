import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after }, { limits: { cpu_ms: 2000 } });

const PLACES: Readonly<Record<string, readonly HazardResult['code'][]>> = {
  result: ['result_too_large', 'memory'],
  key: ['result_too_large', 'memory'],
  argument: ['argument_too_large', 'memory'],
  error: ['guest_error', 'memory'],
};

for (const [document, codes] of Object.entries(PLACES)) {
  test(`256 MB of text as ${document} never leave the cell`, async () => {
    const result = await range.attack({ script: '046-huge-strings', document, asResult: true });
    assertContained(result, ...codes);
    assert.ok(result.message.length <= 2048);
    assert.ok(result.peakRssMb < 700, `${result.peakRssMb} MB`);
  });
}
