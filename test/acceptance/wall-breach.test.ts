import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { plantCanary, plantPort } from '../harness/canary.ts';
import { assertRefused } from '../harness/refusals.ts';
import { type OwnedRun, onOlderThread, ownedScript, runOwned } from '../harness/run-owned.ts';

// What each group tries stands in test/hazards/owned/; the 32-bit entry is attack 209's own file.
const GROUPS: readonly (readonly [group: string, acts: number])[] = [
  ['files', 50],
  ['sockets', 45],
  ['processes', 90],
  ['memory', 15],
];

/** One row: how many acts there were, and how many got each answer. */
const row = (name: string, { reports, signal }: OwnedRun): string => {
  const answers = Map.groupBy(reports, (line) => line.slice(line.lastIndexOf(': ') + 2));
  const counts = [...answers].map(([answer, lines]) => `${answer} ${lines.length}`);
  return `${name.padEnd(28)} ${String(reports.length).padStart(4)}   ${counts.join(', ') || signal}`;
};

test('wall.breach: native code in a locked cell is refused every act on every thread, while the broker serves', async (t) => {
  const canary = plantCanary(t);
  const { port, visits } = await plantPort(t);
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const serve = async (): Promise<void> => {
    const outcome = await supervisor.run(jobOf('return { served: true };'));
    assert.equal(outcome.kind, 'completed', JSON.stringify(outcome));
  };
  const targets = { victim: canary.file, port, targets: [process.pid, process.ppid] };
  const table: string[] = [];
  await serve();
  for (const [group, acts] of GROUPS) {
    const attack = ownedScript(group, targets);
    const runs = [
      [`${group}, main thread`, attack],
      [`${group}, older thread`, onOlderThread(attack)],
    ] as const;
    for (const [name, each] of runs) {
      const [run] = await Promise.all([runOwned(each), serve()]);
      table.push(row(name, run));
      assertRefused(run, acts);
    }
  }
  const runtime = await runOwned(ownedScript('runtime', targets));
  table.push(row('runtime, pool and workers', runtime));
  assertRefused(runtime, 45);
  if (process.arch === 'x64') {
    const x32 = await runOwned(ownedScript('x32', { call: 'openat' }));
    table.push(row('x32', x32));
    assert.equal(x32.signal, 'SIGSYS');
  }
  console.log(['', 'group                        acts   answers', ...table, ''].join('\n'));
  assert.equal(canary.hasMoved(), false);
  assert.equal(visits(), 0);
  await serve();
});
