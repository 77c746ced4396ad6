import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const CPU_MS = 300;
const range = await openHazardRange({ after }, { limits: { cpu_ms: CPU_MS } });

for (const document of ['nested', 'alternatives', 'reference', 'ahead', 'behind', 'folded']) {
  test(`a pattern that tries every split (${document}) ends its step by the cpu limit`, async () => {
    const cells = range.broker.cellPids();
    const result = await range.attack({ script: '056-backtracking', document });
    assertContained(result, 'cpu');
    assert.ok(result.ms < CPU_MS + 2000, `ended after ${result.ms} ms`);
    assert.deepEqual(range.broker.cellPids(), cells);
  });
}
