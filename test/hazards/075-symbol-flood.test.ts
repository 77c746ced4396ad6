import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after }, { limits: { heap_mb: 12, cpu_ms: 10_000 } });

for (const document of ['symbols', 'names', 'shapes']) {
  test(`a flood of ${document} ends as memory, and the isolate with it`, async () => {
    const result = await range.attack({ script: '075-symbol-flood', document });
    assertContained(result, 'memory');
    assert.ok(result.peakRssMb < 320, `${result.peakRssMb} MB`);
  });
}

test('two steps of one cell share no registry', async () => {
  const cells = range.broker.cellPids();
  for (let step = 0; step < 2; step += 1) {
    assertContained(await range.attack({ script: '075-symbol-flood', document: 'mark' }));
  }
  assert.deepEqual(range.broker.cellPids(), cells);
});
