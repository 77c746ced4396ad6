import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('no text runs as code', async (t) => {
  const result = await hazard(t, { script: '031-code-from-text' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], refused: 20 });
});
