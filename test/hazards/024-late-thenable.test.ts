import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';
import { assertNothingAfterEnd } from './end-on-record.ts';

test('what a step resolves behind its own answer comes to nothing', async (t) => {
  const result = await hazard(t, { script: '024-late-thenable' });
  assertContained(result);
  assertNothingAfterEnd(result);
  const late = result.records.filter(({ event }) => event === 'handle_call');
  assert.ok(late.length <= 2, `${late.length} calls`);
});
