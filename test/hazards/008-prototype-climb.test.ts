import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('the prototypes of all that a step is given end in its own realm', async (t) => {
  const result = await hazard(t, { script: '008-prototype-climb' });
  assertContained(result);
  assert.ok(Object(result.got).climbed >= 16);
});
