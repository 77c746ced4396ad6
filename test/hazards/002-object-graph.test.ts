import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('a walk over all that a step can reach meets nothing of isolated-vm', async (t) => {
  const result = await hazard(t, { script: '002-object-graph' });
  assertContained(result);
  assert.ok(Object(result.got).walked > 600, JSON.stringify(result.got));
});
