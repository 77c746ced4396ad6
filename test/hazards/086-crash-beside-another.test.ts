import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CellDeath } from '../../core/broker/supervisor/supervisor.ts';
import { handleOf, jobOf, pluginOf, realSupervisor } from '../broker/supervisor/job.ts';

// Attack 86: a plugin brings its cell down, or fills it, to end the step of another. The record of the death is
// asserted on the whole agent, with the acceptance of the storm.

const FILL = 'JSON.parse("[".repeat(5e6) + "]".repeat(5e6));';

test('a plugin that brings its cell down ends no step of another plugin, and the death has its name', async (t) => {
  const deaths: CellDeath[] = [];
  const supervisor = realSupervisor({ size: 3, onDeath: (death) => deaths.push(death) });
  t.after(() => supervisor.close());
  const pids = new Map<string, number>();
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<null>();
  const wait = handleOf('path', {
    read: () => {
      begun.resolve();
      return finish.promise;
    },
  });
  const run = (plugin: string, body: string) =>
    supervisor.run(
      jobOf(body, {
        plugin: pluginOf(plugin),
        handles: [wait],
        onStarted: ({ pid }) => pids.set(plugin, pid),
      }),
    );
  // Both have used a cell before, so that either could be given to the other.
  await run('victim', 'return {};');
  await run('attacker', 'return {};');
  const victim = run('victim', 'await handles.path.read(); return { done: true };');
  await begun.promise;
  const attacker = await run('attacker', FILL);
  assert.equal(attacker.kind === 'failed' && attacker.code, 'memory');
  finish.resolve(null);
  const outcome = await victim;
  assert.deepEqual(outcome.kind === 'completed' && outcome.output, { done: true });
  assert.notEqual(pids.get('victim'), pids.get('attacker'));
  assert.deepEqual(
    deaths.map(({ pid, plugin, profile, reason }) => [pid, plugin, profile, reason]),
    [[pids.get('attacker'), 'attacker', 'standard', 'memory']],
  );
  assert.equal((await run('attacker', 'return {};')).kind, 'completed');
});
