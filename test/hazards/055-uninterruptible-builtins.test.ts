import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const CPU_MS = 300;
const range = await openHazardRange({ after }, { limits: { cpu_ms: CPU_MS } });
const script = '055-uninterruptible-builtins';

// Each of them costs a cell; a short run takes one of an operator and one of a loop in the engine.
const LONG = process.env['SECAI_LONG'] === '1';

for (const document of LONG ? ['square', 'compare', 'array'] : ['square', 'array']) {
  test(`a builtin that V8 cannot stop (${document}) ends its step by the cpu limit, and its cell is killed`, async () => {
    const cells = range.broker.cellPids();
    const result = await range.attack({ script, document });
    assertContained(result, 'cpu');
    assert.ok(result.ms < CPU_MS + 4000, `ended after ${result.ms} ms`);
    assert.notDeepEqual(range.broker.cellPids(), cells);
  });
}

for (const document of ['sort', 'search']) {
  test(`a builtin that runs again and again (${document}) ends its step by the cpu limit`, async () => {
    const result = await range.attack({ script, document });
    assertContained(result, 'cpu');
    assert.ok(result.ms < CPU_MS + 4000, `ended after ${result.ms} ms`);
  });
}
