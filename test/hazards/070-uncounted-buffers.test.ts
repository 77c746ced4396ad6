import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('a step has no buffer that grows, and none that is shared', async (t) => {
  const result = await hazard(t, { script: '070-uncounted-buffers' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], bytes: [] });
  assert.ok(result.peakRssMb < 150, `${result.peakRssMb} MB`);
});
