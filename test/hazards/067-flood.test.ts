import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange(
  { after },
  { limits: { cpu_ms: 3000, wall_ms: 8000, calls_total: 200 } },
);

const FLOODS: Readonly<Record<string, readonly HazardResult['code'][]>> = {
  lines: ['completed'],
  calls: ['too_many_calls'],
  arguments: ['too_many_calls', 'memory', 'cpu'],
  timers: ['completed'],
};

for (const [document, codes] of Object.entries(FLOODS)) {
  test(`a flood of ${document} is bounded, and the broker goes on meanwhile`, async (t) => {
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    t.after(() => clearInterval(beat));
    const rssBefore = process.memoryUsage.rss();
    const result = await range.attack({ script: '067-flood', document });
    assertContained(result, ...codes);
    const grown = (process.memoryUsage.rss() - rssBefore) / 1024 / 1024;
    assert.ok(longest < 1000, `the broker's loop stood still for ${longest} ms`);
    assert.ok(grown < 100, `the broker grew by ${grown} MB`);
    assert.ok(result.peakRssMb < 320, `the cell held ${result.peakRssMb} MB`);
  });
}
