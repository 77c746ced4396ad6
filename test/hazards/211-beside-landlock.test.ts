import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plantCanary } from '../harness/canary.ts';
import { assertRefused } from '../harness/refusals.ts';
import { onOlderThread, ownedScript, runOwned } from '../harness/run-owned.ts';

test('chmod, chown, xattr, utime, flock, stat and rename are refused though Landlock does not cover them', async (t) => {
  const canary = plantCanary(t);
  const attack = ownedScript('files', { victim: canary.file });
  const run = await runOwned(onOlderThread(attack));
  assertRefused(run, 50);
  for (const call of ['chmod', 'chown', 'setxattr', 'utime', 'flock', 'stat', 'rename']) {
    if (process.arch === 'x64') assert.ok(run.reports.includes(`${call}: EPERM`), call);
  }
  assert.equal(canary.hasMoved(), false);
});
