import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('no constructor of anything that a step is given runs code, and none is of another realm', async (t) => {
  const result = await hazard(t, { script: '001-constructor-climb' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], tried: 7 });
});
