import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('a step has nothing to make a clock of: no thread, no shared memory, no answer while it counts', async (t) => {
  const result = await hazard(t, { script: '083-made-clock' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], counted: 20_000 });
});
