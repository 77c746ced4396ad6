import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { plantCanary, plantPort } from '../harness/canary.ts';
import { isAlive } from '../harness/processes.ts';
import { assertRefused } from '../harness/refusals.ts';
import { onOlderThread, ownedScript, runOwned } from '../harness/run-owned.ts';

// The audit record of a violation is asserted where there is a broker: here is no channel of a step.

test('native code in a cell starts, traces and signals no process, and takes no right', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  let other = 0;
  await supervisor.run(jobOf('return {};', { onStarted: ({ pid }) => (other = pid) }));
  const attack = ownedScript('processes', { targets: [process.pid, other] });
  assertRefused(await runOwned(attack), 90);
  assertRefused(await runOwned(onOlderThread(attack)), 90);
  assert.ok(isAlive(other));
  const next = await supervisor.run(jobOf('return { alive: true };'));
  assert.equal(next.kind, 'completed');
});

test('native code in a cell opens no file and no socket', async (t) => {
  const canary = plantCanary(t);
  const { port, visits } = await plantPort(t);
  assertRefused(await runOwned(ownedScript('files', { victim: canary.file })), 50);
  assertRefused(await runOwned(ownedScript('sockets', { port })), 45);
  assertRefused(await runOwned(ownedScript('runtime', { victim: canary.file, port })), 45);
  assert.equal(canary.hasMoved(), false);
  assert.equal(visits(), 0);
});
