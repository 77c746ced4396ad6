import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobOf, realSupervisor } from './job.ts';
import { hostileSupervisor } from './scripted-cell.ts';

test('a step that is cancelled between getting its cell and its start never starts', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  let pid = 0;
  await supervisor.run(jobOf('return {};', { onStarted: (cell) => (pid = cell.pid) }));
  while (supervisor.status().cells.some(({ busy }) => busy)) await breath();
  const abort = new AbortController();
  let started = false;
  const waiting = supervisor.run(
    jobOf('await new Promise(() => {});', {
      signal: abort.signal,
      limits: { wall_ms: 1000 },
      onStarted: () => (started = true),
    }),
  );
  abort.abort();
  const outcome = await waiting;
  assert.equal(outcome.kind === 'failed' && outcome.code, 'cancelled');
  assert.equal(started, false);
  let next = 0;
  await supervisor.run(jobOf('return {};', { onStarted: (cell) => (next = cell.pid) }));
  assert.equal(next, pid, 'the cell is as good as before');
});

test('a step whose input fits no message fails, and its cell takes the next one', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const input = { content: '"'.repeat(5 * 1024 * 1024) };
  const outcome = await supervisor.run(jobOf('return {};', { input }));
  assert.equal(outcome.kind === 'failed' && outcome.code, 'argument_too_large');
  assert.equal((await supervisor.run(jobOf('return {};'))).kind, 'completed');
});

test('a cell that has ended is given to no step', async (t) => {
  const { supervisor } = hostileSupervisor(
    t,
    `on.run = ({ step }) => { result(step); idle(step); setTimeout(() => process.exit(0), 20); };`,
  );
  let pid = 0;
  const first = await supervisor.run(jobOf('', { onStarted: (cell) => (pid = cell.pid) }));
  assert.equal(first.kind, 'completed');
  // as early as anybody can know: the process is gone, what it wrote last is still waited for
  while (isThere(pid)) await breath();
  // One look of the event loop at the channel: the spawner, whose child it was, tells of it later.
  await breath();
  const outcome = await supervisor.run(jobOf('return {};'));
  assert.equal(outcome.kind, 'completed', JSON.stringify(outcome));
});

const breath = () => new Promise((resolve) => setImmediate(resolve));

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
