import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, endOfStep } from './end-of-step.ts';

const LIMITS = { cpu_ms: 300 };

test('a step that awaits for ever without waiting ends by its cpu limit', async () => {
  const { outcome, ms } = await endOfStep(`for (;;) await 0;`, { limits: LIMITS });
  assert.equal(codeOf(outcome), 'cpu');
  assert.ok(ms < 2300, `ended after ${ms} ms`);
});

test('a step whose promises breed ends by its cpu limit', async () => {
  const { outcome, ms } = await endOfStep(
    `const breed = () => Promise.resolve().then(breed); await breed();`,
    { limits: LIMITS },
  );
  assert.equal(codeOf(outcome), 'cpu');
  assert.ok(ms < 2300, `ended after ${ms} ms`);
});
