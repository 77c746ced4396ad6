import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('the language cannot be overwritten, and a handle works as if nobody had tried', async (t) => {
  const result = await hazard(t, { script: '006-overwritten-language' });
  assertContained(result);
  const { refused, ...seen } = Object(result.got);
  assert.deepEqual(seen, { escaped: [], content: 'an ordinary document\n' });
  assert.ok(refused > 1000, `${refused} refused`);
});
