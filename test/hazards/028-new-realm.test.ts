import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('a step can make no realm of its own', async (t) => {
  const result = await hazard(t, { script: '028-new-realm' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], tried: 17 });
});
