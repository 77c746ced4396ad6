import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, endOfStep } from './end-of-step.ts';

const limits = { cpu_ms: 300 };

test('a step cannot hook how errors print their stack', async () => {
  const { outcome } = await endOfStep(
    `Error.prepareStackTrace = () => { for (;;); };
     return { stack: typeof new Error('x').stack };`,
    { limits },
  );
  assert.deepEqual(outcome.kind === 'completed' && outcome.output, { stack: 'string' });
});

test('a step that throws a proxy with looping traps ends by its cpu limit', async () => {
  const { outcome, ms } = await endOfStep(
    'const loop = () => { for (;;); }; throw new Proxy({}, { get: loop, getPrototypeOf: loop });',
    { limits },
  );
  assert.equal(codeOf(outcome), 'cpu');
  assert.ok(ms < 2300, `ended after ${ms} ms`);
});
