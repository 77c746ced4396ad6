import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { ownedScript, runOwned } from '../harness/run-owned.ts';

// No step runs here, so no record is written; how a cell ends that grows in its step is asserted in 068 to 072.

test('native code in a cell maps no memory that a count of resident pages would miss', async (t) => {
  const { reports, lock, said, ended } = await runOwned(ownedScript('exhaust'));
  assert.equal(lock?.layers.length, 6, said);
  assert.equal(ended, 'returned undefined');
  assert.deepEqual(
    reports.filter((line) => !line.startsWith('map a page: done')),
    [
      'map a terabyte to read: ENOMEM',
      'map a terabyte to write: ENOMEM',
      'set a terabyte aside: ENOMEM',
      'map four gigabytes to read: ENOMEM',
      'grow it to a terabyte: ENOMEM',
    ],
  );
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const next = await supervisor.run(jobOf('return {};'));
  assert.equal(next.kind, 'completed');
});
