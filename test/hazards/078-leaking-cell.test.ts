import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { handleOf, jobOf, realSupervisor, STANDARD } from '../broker/supervisor/job.ts';

// Attack 78. Nothing here fails, so no failure is on record. `SECAI_LONG` runs the ten thousand steps of the attack.
const STEPS = process.env['SECAI_LONG'] === '1' ? 10_000 : 130;
const WARM = 45;
const STEPS_A_CELL = 40;

const residentMb = (pid: number): number => {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return (pages * 4096) / 1024 / 1024;
};

test(`${STEPS} steps leave no cell larger than the first ones did, and a cell is replaced before long`, async (t) => {
  const recycle = { ...STANDARD.recycle, steps: STEPS_A_CELL };
  const supervisor = realSupervisor({ profile: { ...STANDARD, recycle } });
  t.after(() => supervisor.close());
  const handles = [handleOf('path', { read: async () => ({ content: 'x'.repeat(10_000) }) })];
  const body = `const held = [];
    for (let at = 0; at < 2000; at += 1) held.push({ at, name: 'name ' + at });
    globalThis.leak = [held, new Uint8Array(1e6), await handles.path.read()];
    setTimeout(() => {}, 1e6);
    handles.path.read();
    return { held: held.length };`;
  const pids = new Map<number, number>();
  let plateau = 0;
  let highest = 0;
  for (let step = 0; step < STEPS; step += 1) {
    let pid = 0;
    const outcome = await supervisor.run(
      jobOf(body, { handles, onStarted: (cell) => (pid = cell.pid) }),
    );
    assert.equal(outcome.kind, 'completed', JSON.stringify(outcome));
    pids.set(pid, (pids.get(pid) ?? 0) + 1);
    const [cell] = supervisor.status().cells;
    if (cell === undefined) continue;
    const size = residentMb(cell.pid);
    if (step < WARM) plateau = Math.max(plateau, size);
    else highest = Math.max(highest, size);
  }
  assert.ok(highest < plateau * 1.5, `${highest} MB after ${plateau} MB`);
  assert.ok(pids.size > 1, 'more than one cell served');
  assert.ok(Math.max(...pids.values()) <= STEPS_A_CELL, 'no cell served on');
});
