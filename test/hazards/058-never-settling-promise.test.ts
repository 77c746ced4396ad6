import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, endOfStep } from './end-of-step.ts';

const LIMITS = { wall_ms: 300 };

test('a step that never settles ends by its wall limit', async () => {
  const { outcome, ms } = await endOfStep(`await new Promise(() => {});`, { limits: LIMITS });
  assert.equal(codeOf(outcome), 'wall');
  assert.ok(ms < 2300, `ended after ${ms} ms`);
});
