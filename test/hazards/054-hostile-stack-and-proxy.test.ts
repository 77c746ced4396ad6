import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const CPU_MS = 300;
const range = await openHazardRange({ after }, { limits: { cpu_ms: CPU_MS } });
const script = '054-hostile-stack-and-proxy';

test('a step cannot hook how errors print their stack', async () => {
  const result = await range.attack({ script });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], stack: 'string', caught: 'string' });
});

for (const document of ['proxy', 'error', 'result']) {
  test(`a proxy with looping traps (${document}) ends its step by the cpu limit`, async () => {
    const result = await range.attack({ script, document });
    assertContained(result, 'cpu');
    assert.ok(result.ms < CPU_MS + 2000, `ended after ${result.ms} ms`);
  });
}
