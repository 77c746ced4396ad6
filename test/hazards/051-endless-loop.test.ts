import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, endOfStep } from './end-of-step.ts';

const LIMITS = { cpu_ms: 300 };

test('a step that loops ends by its cpu limit and the next one runs', async () => {
  const { outcome, ms } = await endOfStep(`for (;;);`, { limits: LIMITS });
  assert.equal(codeOf(outcome), 'cpu');
  assert.ok(ms < 2300, `ended after ${ms} ms`);
});

test('a plugin that loops while it is loaded ends by its cpu limit', async () => {
  const { outcome, ms } = await endOfStep('', { limits: LIMITS, source: 'for (;;);' });
  assert.equal(codeOf(outcome), 'cpu');
  assert.ok(ms < 2300, `ended after ${ms} ms`);
});
