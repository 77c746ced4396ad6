import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { ownedScript, runOwned } from '../harness/run-owned.ts';

// What a cell of an ordinary start has is asserted with `wall.unprivileged`, and printed by `doctor`.

const JOB = new URL('../broker/supervisor/job.js', import.meta.url).href;
const skip = process.geteuid?.() === 0 ? false : 'only root has groups and capabilities to lend';
const ADM_DISK_DOCKER = [4, 6, 999];

// A broker that a service manager gave groups; it runs two steps and tells what the kernel says of the cell.
const BROKER = `
import { readFileSync } from 'node:fs';
process.setgroups(${JSON.stringify(ADM_DISK_DOCKER)});
const { jobOf, realSupervisor } = await import(${JSON.stringify(JOB)});
const supervisor = realSupervisor();
const told = { own: readFileSync('/proc/self/status', 'utf8') };
const run = (onStarted) => supervisor.run(jobOf('return { served: true };', { onStarted }));
await run(({ pid }) => { told.cell = readFileSync('/proc/' + pid + '/status', 'utf8'); });
told.next = (await run(() => {})).kind;
process.stdout.write(JSON.stringify(told));
await supervisor.close();
process.exit(0);
`;

const words = (status: string, field: string): readonly string[] =>
  (new RegExp(`^${field}:\\t(.*)$`, 'm').exec(status)?.[1] ?? '').split(/\s+/).filter(Boolean);

test('a cell keeps no group and no capability of whoever started it', { skip }, () => {
  const { stdout, stderr } = spawnSync(
    'setpriv',
    [
      '--inh-caps',
      '+dac_override,+net_raw',
      '--ambient-caps',
      '+dac_override,+net_raw',
      process.execPath,
      '--input-type=module',
      '--eval',
      BROKER,
    ],
    { encoding: 'utf8', timeout: 30_000 },
  );
  assert.notEqual(stdout, '', stderr);
  const { own, cell, next } = JSON.parse(stdout);
  assert.deepEqual(words(own, 'Groups'), ADM_DISK_DOCKER.map(String));
  assert.notEqual(words(own, 'CapInh')[0], '0000000000000000');
  assert.deepEqual(words(cell, 'Groups'), []);
  for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) {
    assert.deepEqual(words(cell, set), ['0000000000000000'], set);
  }
  assert.deepEqual([...new Set(words(cell, 'Uid'))], ['65534']);
  assert.deepEqual([...new Set(words(cell, 'Gid'))], ['65534']);
  assert.equal(next, 'completed');
});

test('code that owns its cell takes no user, group or capability back', async () => {
  const { reports } = await runOwned(ownedScript('processes'));
  const rights = reports.filter((line) =>
    /^(setuid|setgid|setgroups|setresuid|setresgid|setreuid|setregid|setfsuid|setfsgid|capset)/.test(
      line,
    ),
  );
  assert.ok(rights.length >= 5, reports.join('\n'));
  assert.deepEqual(
    rights.filter((line) => !line.endsWith(': EPERM')),
    [],
  );
});
