import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

test('the limit of stack traces stays, and a thrown message is cut', async (t) => {
  const result = await hazard(t, { script: '014-stack-trace-limit' });
  assertContained(result, 'guest_error');
  assert.match(result.message, /^frames 10 x+$/);
  assert.ok(result.message.length <= 2048, `${result.message.length} characters`);
});
