import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('no hook is handed call sites, and a stack holds neutral names only', async (t) => {
  const result = await hazard(t, { script: '013-call-sites' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], sites: 0, stacks: 5 });
});
