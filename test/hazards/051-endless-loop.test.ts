import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const CPU_MS = 300;
const range = await openHazardRange({ after }, { limits: { cpu_ms: CPU_MS } });

const KINDS = ['plain', 'in finally', 'iterator', 'getter', 'comparator', 'disposer'];
for (const document of KINDS) {
  test(`a step that loops for ever (${document}) ends by its cpu limit, and its cell serves on`, async () => {
    const cells = range.broker.cellPids();
    const result = await range.attack({ script: '051-endless-loop', document });
    assertContained(result, 'cpu');
    assert.ok(result.ms < CPU_MS + 2000, `ended after ${result.ms} ms`);
    assert.deepEqual(range.broker.cellPids(), cells);
  });
}

test('a plugin that loops while it is loaded ends by its cpu limit', async () => {
  const result = await range.attack({ script: '051-loop-while-loading' });
  assertContained(result, 'cpu');
  assert.ok(result.ms < CPU_MS + 2000, `ended after ${result.ms} ms`);
  assert.ok(!result.records.some(({ event }) => event === 'handle_call'));
});
