import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';
import { assertNothingAfterEnd } from './end-on-record.ts';

const CPU_MS = 300;
const range = await openHazardRange({ after }, { limits: { cpu_ms: CPU_MS } });

for (const document of ['catch', 'finally', 'using', 'generator', 'promise']) {
  test(`a step that catches its end (${document}) has no second chance`, async () => {
    const result = await range.attack({ script: '064-catch-the-end', document });
    assertContained(result, 'cpu');
    assertNothingAfterEnd(result);
    const calls = result.records.filter(({ event }) => event === 'handle_call');
    assert.equal(calls.length, 1, 'no call after the loop began');
    assert.ok(result.ms < CPU_MS + 2000, `ended after ${result.ms} ms`);
  });
}
