import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('ten thousand imports, and one of ten megabytes, are refused one by one', async (t) => {
  const result = await hazard(t, { script: '030-module-flood' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], refused: 10_004 });
  assert.ok(result.ms < 10_000, `${result.ms} ms`);
});
