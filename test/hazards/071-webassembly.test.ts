import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('nothing that a step can reach is or names WebAssembly', async (t) => {
  const result = await hazard(t, { script: '071-webassembly' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], seen: true });
});
