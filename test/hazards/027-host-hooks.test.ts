import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

test('nothing of the host hangs on a promise, an answer or the global of a step', async (t) => {
  const store = new AsyncLocalStorage<string>();
  const range = await openHazardRange(t);
  const result = await store.run('a context of the host', () =>
    range.attack({ script: '027-host-hooks' }),
  );
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], looked: 22 });
});
