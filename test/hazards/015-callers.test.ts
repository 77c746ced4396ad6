import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('a function tells neither its caller nor its arguments', async (t) => {
  const result = await hazard(t, { script: '015-callers' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [] });
});
