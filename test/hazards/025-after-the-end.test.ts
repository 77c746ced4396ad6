import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';
import { assertNothingAfterEnd } from './end-on-record.ts';

test('nothing that a step queued runs once its end is on record', async (t) => {
  const result = await hazard(t, { script: '025-after-the-end' });
  assertContained(result);
  assertNothingAfterEnd(result);
});
