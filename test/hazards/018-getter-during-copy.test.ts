import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('a getter that changes its neighbours while they are copied changes data at most', async (t) => {
  const result = await hazard(t, { script: '018-getter-during-copy' });
  assertContained(result);
  const { content, value } = Object(result.got);
  assert.equal(content, 'an o');
  assert.deepEqual(Object.keys(value), ['list', 'first', 'buffer']);
  assert.deepEqual(value.list, [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(Object.values(value.buffer), Array(64).fill(9));
});
