import assert from 'node:assert/strict';
import type { OwnedRun } from './run-owned.ts';

/** Acts of `test/hazards/owned/` whose refusal is another than EPERM, and why. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  // glibc falls back to clone only on this answer
  ['clone3', 'ENOSYS'],
  // the resolver reads no file and opens no socket, and calls that a temporary failure
  ['look a name up', 'EAI_AGAIN'],
  // its loop cannot be made
  ['read a file on a new thread', 'ERR_WORKER_INIT_FAILED'],
  // no authority: shows that the pool itself still works
  ['work in the pool that needs no file', 'COMPUTED'],
]);

/** Asserts that the attack ran behind every layer to its end, and that each of its acts was refused. */
export const assertRefused = (run: OwnedRun, atLeast: number): void => {
  assert.equal(run.lock?.layers.length, 6, run.said);
  assert.equal(run.ended, 'returned undefined');
  assert.equal(run.signal, 'SIGKILL');
  assert.ok(run.reports.length >= atLeast, `${run.reports.length} acts, expected ${atLeast}`);
  const passed = run.reports.filter((line) => {
    const cut = line.lastIndexOf(': ');
    return line.slice(cut + 2) !== (OTHERS.get(line.slice(0, cut)) ?? 'EPERM');
  });
  assert.deepEqual(passed, []);
};
