import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

// Attack 80: V8 loses control of an isolate, which isolated-vm reports as a catastrophic error. The scripts are those of
// attack 79: of what they do, some end so and some abort the process at once; either way the cell never serves again.

const range = await openHazardRange({ after }, { limits: { cpu_ms: 20_000 } });

// The long list of that script is no such case: V8 stops it in order at its heap limit, and whether the cell goes on
// afterwards depends on how full it is.
for (const document of ['string', 'nest']) {
  test(`a cell that lost an isolate (${document}) is gone, and another serves`, async () => {
    const cells = range.broker.cellPids();
    const result = await range.attack({ script: '079-fatal-abort', document });
    assertContained(result, 'memory');
    assert.notDeepEqual(range.broker.cellPids(), cells);
  });
}
