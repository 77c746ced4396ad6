import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after }, { limits: { cpu_ms: 1000 } });

// Bytes are counted where they are made. V8 does not count the text that it is making against the heap, so
// what grows fast enough is ended by the broker's look at the cell's memory.
const ENDS: readonly HazardResult['code'][] = ['result_too_large', 'memory', 'guest_error', 'cpu'];
const KINDS: Readonly<Record<string, readonly HazardResult['code'][]>> = {
  laugh: ENDS,
  'one string': ENDS,
  argument: ['argument_too_large', 'memory', 'guest_error', 'cpu'],
  circle: ['guest_error'],
};

for (const [document, codes] of Object.entries(KINDS)) {
  test(`a small graph that copies into a huge one ("${document}") ends in the cell`, async () => {
    const result = await range.attack({
      script: '038-shared-references',
      document,
      asResult: true,
    });
    assertContained(result, ...codes);
    assert.ok(result.peakRssMb < 400, `${result.peakRssMb} MB`);
  });
}
