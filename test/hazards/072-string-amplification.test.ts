import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after }, { limits: { cpu_ms: 10_000 } });

const AMPLIFIERS: Readonly<Record<string, readonly HazardResult['code'][]>> = {
  repeat: ['memory'],
  double: ['memory', 'guest_error'],
  split: ['memory'],
  match: ['memory'],
  pad: ['memory'],
  replace: ['memory', 'guest_error'],
  join: ['guest_error', 'memory'],
  template: ['memory'],
  escape: ['memory'],
};

for (const [document, codes] of Object.entries(AMPLIFIERS)) {
  test(`text made of text (${document}) ends at the limit of memory`, async () => {
    const result = await range.attack({ script: '072-string-amplification', document });
    assertContained(result, ...codes);
    assert.ok(result.ms < 12_000, `ended after ${result.ms} ms`);
    assert.ok(result.peakRssMb < 400, `${result.peakRssMb} MB`);
  });
}
