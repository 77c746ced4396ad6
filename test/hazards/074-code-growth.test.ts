import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

// Functions that stand in the source itself are tried as attack 57.

test('ten thousand functions from text are ten thousand refusals', async (t) => {
  const result = await hazard(t, { script: '074-code-growth' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], refused: 10_000 });
});
