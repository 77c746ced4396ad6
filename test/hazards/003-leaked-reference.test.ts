import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('no reference to the host has a name, and none passes a hook of the language', async (t) => {
  const result = await hazard(t, { script: '003-leaked-reference' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], seen: 0 });
});
