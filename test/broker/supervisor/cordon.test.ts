import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepJob, Supervisor } from '../../../core/broker/supervisor/supervisor.ts';
import type { SandboxProfile } from '../../../core/protocol/profile.ts';
import { isAlive, untilGone } from '../../harness/processes.ts';
import { handleOf, jobOf, pluginOf, realSupervisor, STANDARD } from './job.ts';

const recycled = (recycle: Partial<SandboxProfile['recycle']>): SandboxProfile => ({
  ...STANDARD,
  recycle: { ...STANDARD.recycle, ...recycle },
});

/** Runs a harmless step of the plugin and answers the cell that it ran in. */
const cellOf = async (
  supervisor: Supervisor,
  plugin: string,
  parts: Partial<StepJob> = {},
): Promise<number> => {
  let pid = 0;
  const outcome = await supervisor.run(
    jobOf('return {};', {
      plugin: pluginOf(plugin),
      onStarted: (cell) => (pid = cell.pid),
      ...parts,
    }),
  );
  assert.equal(outcome.kind, 'completed', JSON.stringify(outcome));
  while (supervisor.status().cells.some(({ busy }) => busy)) await breath();
  return pid;
};

test('a cell runs steps of one plugin only, and another plugin gets another process', async (t) => {
  const supervisor = realSupervisor({ size: 4 });
  t.after(() => supervisor.close());
  const a = await cellOf(supervisor, 'a');
  const b = await cellOf(supervisor, 'b');
  assert.notEqual(a, b);
  assert.equal(await cellOf(supervisor, 'a'), a);
  assert.equal(await cellOf(supervisor, 'b'), b);
});

test('of two steps in a row the second waits for the cell of the first, and takes no new one', async (t) => {
  const supervisor = realSupervisor({ size: 4 });
  t.after(() => supervisor.close());
  const pids: number[] = [];
  const run = () => supervisor.run(jobOf('return {};', { onStarted: ({ pid }) => pids.push(pid) }));
  for (let n = 0; n < 20; n += 1) await run();
  // A cell that took long to settle is not waited for, on a machine that others use too.
  assert.ok(new Set(pids).size <= 2, pids.join());
});

test('plugins share a process where the profile says so', async (t) => {
  const profile = { ...STANDARD, plugins_share_process: true };
  const supervisor = realSupervisor({ size: 4, profile });
  t.after(() => supervisor.close());
  const a = await cellOf(supervisor, 'a');
  assert.equal(await cellOf(supervisor, 'b'), a);
});

test('a step never runs in a cell of another profile', async (t) => {
  const supervisor = realSupervisor({ size: 4 });
  t.after(() => supervisor.close());
  const pids = [];
  for (const profile of ['standard', 'vetting', 'strict'] as const) {
    pids.push(await cellOf(supervisor, 'a', { profile }));
  }
  assert.equal(new Set(pids).size, 3);
});

test('a step that asks for a fresh cell gets one that ran nothing', async (t) => {
  const supervisor = realSupervisor({ size: 4 });
  t.after(() => supervisor.close());
  const first = await cellOf(supervisor, 'a');
  assert.notEqual(await cellOf(supervisor, 'a', { fresh: true }), first);
});

test('with no place left the idle cell of another plugin ends, and there are never more cells than the number', async (t) => {
  const supervisor = realSupervisor({ size: 1 });
  t.after(() => supervisor.close());
  const a = await cellOf(supervisor, 'a');
  const b = await cellOf(supervisor, 'b');
  assert.notEqual(a, b);
  assert.ok(await untilGone(a));
  assert.deepEqual(
    supervisor.status().cells.map(({ pid }) => pid),
    [b],
  );
});

test('one unused cell is kept ready beside those that have a plugin', async (t) => {
  const supervisor = realSupervisor({ size: 3 });
  t.after(() => supervisor.close());
  const a = await cellOf(supervisor, 'a');
  while (supervisor.status().cells.length < 2) await breath();
  const ready = supervisor.status().cells.find(({ pid }) => pid !== a)?.pid;
  assert.equal(await cellOf(supervisor, 'b'), ready);
});

test('a cell ends at its age, counted from its first step, once it is idle', async (t) => {
  const supervisor = realSupervisor({ size: 2, profile: recycled({ age_ms: 1000 }) });
  t.after(() => supervisor.close());
  const long = handleOf('path', {
    read: () => new Promise((resolve) => setTimeout(resolve, 1500, null)),
  });
  let pid = 0;
  const outcome = await supervisor.run(
    jobOf('await handles.path.read(); return {};', {
      handles: [long],
      onStarted: (cell) => (pid = cell.pid),
    }),
  );
  assert.equal(outcome.kind, 'completed', 'its step ran to its end');
  const next = await cellOf(supervisor, 'tested');
  assert.notEqual(next, pid);
  while (isAlive(next)) await breath();
  assert.notEqual(await cellOf(supervisor, 'tested'), next, 'an idle one ends by itself');
});

test('who measures is told the process and the most memory that it had', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const seen: { readonly pid: number; readonly peakRssBytes: number }[] = [];
  const fill =
    'const all = []; for (let i = 0; i < 10; i += 1) all.push(new Uint8Array(1e6).fill(1)); return {};';
  for (const body of ['return {};', fill]) {
    await supervisor.run(jobOf(body, { onEnded: (cell) => seen.push(cell) }));
  }
  const [small, large] = seen;
  assert.ok(small && large && large.peakRssBytes > small.peakRssBytes + 5e6, JSON.stringify(seen));
  assert.ok(small.peakRssBytes > 2e7 && large.peakRssBytes < 3e8, JSON.stringify(seen));
});

const breath = () => new Promise((resolve) => setTimeout(resolve, 10));
