import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, endOfStep } from './end-of-step.ts';

const AMPLIFIERS: Readonly<Record<string, string>> = {
  'repeats a string': 'const held = []; for (;;) held.push("x".repeat(1e6) + held.length);',
  'splits a string': '"x".repeat(1e8).split("");',
  'matches into an array': '"a".repeat(5e7).match(/a/g);',
  'pads and changes case':
    'const held = []; for (;;) held.push("".padStart(1e7, "b" + held.length).toUpperCase());',
};

for (const [what, body] of Object.entries(AMPLIFIERS)) {
  test(`a step that ${what} without end ends as memory and the next one runs`, async () => {
    const { outcome, ms } = await endOfStep(body);
    assert.equal(codeOf(outcome), 'memory');
    assert.ok(ms < 7000, `ended after ${ms} ms`);
  });
}

test('a step that returns 100 MB ends as memory or result_too_large', async () => {
  const { outcome } = await endOfStep('return { text: "x".repeat(1e8) };');
  assert.ok(['memory', 'result_too_large'].includes(codeOf(outcome)), codeOf(outcome));
});
