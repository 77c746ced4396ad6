import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('a value is read once, so what was checked is what is used', async (t) => {
  const result = await hazard(t, { script: '017-double-fetch' });
  assertContained(result);
  assert.deepEqual(result.got, {
    escaped: [],
    reads: ['encoding 1', 'length 1', 'offset 1'],
    looks: 1,
  });
});
