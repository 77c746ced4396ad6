import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('no buffer can be freed or resized, while it is copied or at all', async (t) => {
  const result = await hazard(t, { script: '019-buffer-freed-during-copy' });
  assertContained(result);
  const { refusal, bytes } = Object(result.got);
  assert.deepEqual({ refusal, bytes }, { refusal: 'input_invalid', bytes: 1024 });
});
