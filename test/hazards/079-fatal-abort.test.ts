import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { codeOf } from './end-of-step.ts';

// V8 aborts its process when it cannot go on. No step was found that makes it do so within the limits,
// so the abort is sent from outside, at a moment that the step chooses by a handle call.
const abortDuring = async (before: string, signal: NodeJS.Signals): Promise<string> => {
  const supervisor = realSupervisor();
  let pid = 0;
  const die = handleOf('path', {
    read: async () => {
      // what the cell holds by now must have been seen by the watchdog, which looks every 50 ms
      await new Promise((resolve) => setTimeout(resolve, 500));
      process.kill(pid, signal);
      return {};
    },
  });
  try {
    const outcome = await supervisor.run(
      jobOf(`${before}; await handles.path.read(); await new Promise(() => {});`, {
        handles: [die],
        onStarted: (cell) => (pid = cell.pid),
      }),
    );
    const next = await supervisor.run(jobOf('return {};'));
    assert.equal(next.kind, 'completed');
    return codeOf(outcome);
  } finally {
    await supervisor.close();
  }
};

const FILL =
  'const held = []; for (let i = 0; i < 22; i += 1) held.push(new Uint8Array(1e6).fill(1))';

test('a cell that aborts while it is full ends its step as memory, and another cell serves', async () => {
  assert.equal(await abortDuring(FILL, 'SIGABRT'), 'memory');
});

test('a cell that aborts while it is small ends its step as crash', async () => {
  assert.equal(await abortDuring('', 'SIGABRT'), 'crash');
});

test('a cell that is killed from outside ends its step as crash', async () => {
  assert.equal(await abortDuring(FILL, 'SIGKILL'), 'crash');
});
