import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const CPU_MS = 300;
const range = await openHazardRange({ after }, { limits: { cpu_ms: CPU_MS } });

for (const document of ['message', 'message of an error']) {
  test(`an error whose text loops (${document}) ends its step by the cpu limit`, async () => {
    const result = await range.attack({ script: '053-error-with-looping-getter', document });
    assertContained(result, 'cpu');
    assert.ok(result.ms < CPU_MS + 2000, `ended after ${result.ms} ms`);
  });
}

for (const document of ['name and stack', 'cause and code', 'conversion', 'then']) {
  test(`whatever else loops in an error (${document}) is never looked at`, async () => {
    const result = await range.attack({ script: '053-error-with-looping-getter', document });
    assertContained(result, 'guest_error');
  });
}
