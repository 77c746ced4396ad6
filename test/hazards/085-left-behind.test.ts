import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

test('what a step leaves behind is gone with its isolate, in the same cell', async (t) => {
  const range = await openHazardRange(t);
  const script = '085-left-behind';
  const cells = range.broker.cellPids();
  for (const document of ['leave', 'look', 'leave', 'look']) {
    const result = await range.attack({ script, document });
    assertContained(result);
    assert.deepEqual(result.got, { escaped: [], looked: document === 'look' });
  }
  assert.deepEqual(range.broker.cellPids(), cells);
});
