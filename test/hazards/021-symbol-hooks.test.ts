import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('no well-known symbol of an argument or a result is looked at', async (t) => {
  const result = await hazard(t, { script: '021-symbol-hooks' });
  assertContained(result);
  assert.deepEqual(result.got, {
    escaped: [],
    content: 'an o',
    refusals: ['input_invalid', 'input_invalid', 'input_invalid'],
    result: { kept: true },
  });
});
