import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('there is no way to move memory instead of copying it', async (t) => {
  const result = await hazard(t, { script: '043-transfer' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], left: 3 });
});
