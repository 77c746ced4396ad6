import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const CPU_MS = 300;
const range = await openHazardRange({ after }, { limits: { cpu_ms: CPU_MS } });

for (const document of ['await', 'breed', 'two by two', 'thenable', 'generator']) {
  test(`a chain of promises without an end (${document}) ends by the cpu limit`, async () => {
    const result = await range.attack({ script: '052-endless-microtasks', document });
    // Promises that breed two by two fill the heap before they use up the time.
    assertContained(
      result,
      ...(document === 'two by two' ? (['cpu', 'memory'] as const) : (['cpu'] as const)),
    );
    assert.ok(result.ms < CPU_MS + 2000, `ended after ${result.ms} ms`);
  });
}
