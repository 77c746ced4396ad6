import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('a setter on a prototype captures nothing of the stub, and cannot be put there', async (t) => {
  const result = await hazard(t, { script: '007-inherited-setters' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], refused: 163 });
});
