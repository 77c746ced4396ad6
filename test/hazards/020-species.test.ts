import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('no species, subclass or constructor of a value is asked while it is copied', async (t) => {
  const result = await hazard(t, { script: '020-species' });
  assertContained(result);
  assert.deepEqual(result.got, {
    escaped: [],
    content: 'an ',
    list: [1, 2, 3],
    bytes: { 0: 1, 1: 2, 2: 3 },
    pattern: {},
    buffer: {},
    promise: {},
    made: 0,
  });
});
