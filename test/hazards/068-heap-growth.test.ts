import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, endOfStep } from './end-of-step.ts';

const GROWTHS: Readonly<Record<string, string>> = {
  objects: 'const held = []; for (;;) held.push({ a: 1, b: [1, 2, 3] });',
  'map entries': 'const held = new Map(); for (let i = 0; ; i += 1) held.set(i, { i });',
  closures: 'const held = []; for (;;) { const i = held.length; held.push(() => i); }',
};

for (const [what, body] of Object.entries(GROWTHS)) {
  test(`a step that fills its heap with ${what} ends as memory and the next one runs`, async () => {
    const { outcome, ms } = await endOfStep(body);
    assert.equal(codeOf(outcome), 'memory');
    assert.ok(ms < 7000, `ended after ${ms} ms`);
  });
}
