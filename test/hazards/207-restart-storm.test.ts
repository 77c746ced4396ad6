import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Launcher } from '../../core/broker/supervisor/supervisor.ts';
import { handleOf, jobOf, pluginOf, realSupervisor } from '../broker/supervisor/job.ts';
import { cellSource } from '../harness/cell-source.ts';

// Attack 207: a plugin ends its cell as fast as it gets one. The records of the deaths and of the quarantine are
// asserted on the whole agent, with the acceptance of the storm.

const STEPS = 60;

test('a storm of one plugin starts a handful of cells, and another plugin is served in the midst of it', async (t) => {
  const real = cellSource();
  let launched = 0;
  const launcher: Launcher = {
    launch: (profile) => {
      launched += 1;
      return real.launch(profile);
    },
  };
  const supervisor = realSupervisor({ launcher, size: 3 });
  t.after(() => supervisor.close());
  const storm = async (): Promise<string> => {
    let pid = 0;
    const die = handleOf('path', {
      read: async () => {
        process.kill(pid, 'SIGKILL');
        return {};
      },
    });
    const outcome = await supervisor.run(
      jobOf('await handles.path.read(); await new Promise(() => {});', {
        plugin: pluginOf('storm'),
        handles: [die],
        onStarted: (cell) => (pid = cell.pid),
      }),
    );
    return outcome.kind === 'failed' ? outcome.code : outcome.kind;
  };
  const storms = Array.from({ length: STEPS }, storm);
  const calm = await supervisor.run(jobOf('return {};', { plugin: pluginOf('calm') }));
  assert.equal(calm.kind, 'completed');
  const codes = await Promise.all(storms);
  for (let n = 0; n < STEPS; n += 1) codes.push(await storm());
  const crashed = codes.filter((code) => code === 'crash').length;
  assert.ok(crashed >= 5 && crashed <= 8, `${crashed} steps ran`);
  assert.equal(codes.filter((code) => code === 'quarantined').length, 2 * STEPS - crashed);
  assert.ok(launched <= crashed + 6, `${launched} cells were started`);
  const again = await supervisor.run(jobOf('return {};', { plugin: pluginOf('calm') }));
  assert.equal(again.kind, 'completed');
});
