import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('no shared memory can be had', async (t) => {
  const result = await hazard(t, { script: '044-shared-memory' });
  assertContained(result);
  assert.deepEqual(result.got, {
    escaped: [],
    kinds: ['[object ArrayBuffer]', '[object Number]', '[object String]'],
  });
});
