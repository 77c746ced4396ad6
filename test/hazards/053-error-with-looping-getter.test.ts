import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, endOfStep } from './end-of-step.ts';

const LIMITS = { cpu_ms: 300 };

test('a step that throws an object whose message getter loops ends by its cpu limit', async () => {
  const { outcome, ms } = await endOfStep(`throw { get message() { for (;;); } };`, {
    limits: LIMITS,
  });
  assert.equal(codeOf(outcome), 'cpu');
  assert.ok(ms < 2300, `ended after ${ms} ms`);
});

test('a step that throws an error whose name and stack getters loop still ends', async () => {
  const { outcome, ms } = await endOfStep(
    `const error = new Error("x"); Object.defineProperty(error, "message", { get() { for (;;); } }); Object.defineProperty(error, "stack", { get() { for (;;); } }); throw error;`,
    { limits: LIMITS },
  );
  assert.equal(codeOf(outcome), 'cpu');
  assert.ok(ms < 2300, `ended after ${ms} ms`);
});
