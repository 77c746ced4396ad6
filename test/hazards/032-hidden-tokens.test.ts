import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('hidden tokens run, and reach what plain ones would: nothing', async (t) => {
  const result = await hazard(t, { script: '032-hidden-tokens' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], content: 'an ordinary document\n' });
});
