import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('every error that the boundary throws is one of the guest realm', async (t) => {
  const result = await hazard(t, { script: '011-host-realm-error' });
  assertContained(result);
  // reading an Error of `new` on a stub is the one attempt that needs not fail
  assert.ok(Object(result.got).failures >= 15, JSON.stringify(result.got));
});
