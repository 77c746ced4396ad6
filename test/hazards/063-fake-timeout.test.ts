import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, endOfStep } from './end-of-step.ts';

const FAKES = [
  'Script execution timed out.',
  'Isolate was disposed during execution due to memory limit',
  'Isolate is disposed',
];

for (const text of FAKES) {
  test(`a step that throws "${text}" is a guest error and nothing else`, async () => {
    const { outcome } = await endOfStep(
      `throw Object.assign(new Error(${JSON.stringify(text)}), { code: 'cpu' });`,
    );
    assert.equal(codeOf(outcome), 'guest_error');
  });
}

test('a step that throws a 50 MB message reports at most 2 KiB of it', async () => {
  const { outcome } = await endOfStep('throw new Error("x".repeat(1e7));');
  assert.equal(codeOf(outcome), 'guest_error');
  assert.ok(outcome.kind === 'failed' && outcome.message.length <= 2048);
});
