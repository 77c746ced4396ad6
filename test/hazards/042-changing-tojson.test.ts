import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('toJSON is asked once, inside the isolate', async (t) => {
  const result = await hazard(t, { script: '042-changing-tojson' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], content: 'an or', changing: 'answer 1' });
});
