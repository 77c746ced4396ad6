import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, endOfStep } from './end-of-step.ts';

test('a step has no resizable buffer and no shared memory', async () => {
  const { outcome } = await endOfStep(
    `const buffer = new ArrayBuffer(8, { maxByteLength: 1 }); // a real one would throw: 8 > 1
     return {
       resizable: buffer.resizable === true,
       grown: [buffer.resize, buffer.transfer, new Uint8Array(8).buffer.resize].map(String),
       constructor: new Uint8Array(8).buffer.constructor === ArrayBuffer,
       globals: [typeof SharedArrayBuffer, typeof Atomics, typeof WebAssembly],
     };`,
  );
  assert.deepEqual(outcome.kind === 'completed' && outcome.output, {
    resizable: false,
    grown: ['undefined', 'undefined', 'undefined'],
    constructor: true,
    globals: ['undefined', 'undefined', 'undefined'],
  });
});

test('a step that holds plain buffers without end ends inside its memory', async () => {
  const { outcome } = await endOfStep('const held = []; for (;;) held.push(new ArrayBuffer(1e7));');
  assert.equal(codeOf(outcome), 'guest_error');
});
