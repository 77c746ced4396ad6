import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepOutcome } from '../../core/broker/supervisor/supervisor.ts';
import { handleOf, jobOf, pluginOf, realSupervisor } from '../broker/supervisor/job.ts';

// Attack 65: one plugin queues step after step, each of them long. Nothing here fails, so nothing is on record.

const QUEUED = 60;

test('a plugin with sixty queued steps delays another one by the steps that run, not by its queue', async (t) => {
  const supervisor = realSupervisor({ size: 2 });
  t.after(() => supervisor.close());
  const slow = handleOf('path', {
    read: () => new Promise((resolve) => setTimeout(resolve, 100, null)),
  });
  let done = 0;
  const flood = Array.from({ length: QUEUED }, async () => {
    const outcome = await supervisor.run(
      jobOf('await handles.path.read(); return {};', {
        plugin: pluginOf('flood'),
        handles: [slow],
      }),
    );
    done += 1;
    return outcome;
  });
  const other = () =>
    supervisor.run(jobOf('return { served: true };', { plugin: pluginOf('other') }));
  // By now every cell is the flood's.
  while (done < 4) await new Promise((resolve) => setTimeout(resolve, 10));
  const outcome = await other();
  assert.deepEqual(outcome.kind === 'completed' && outcome.output, { served: true });
  assert.ok(done < QUEUED / 2, `${done} steps of the flood came first`);
  // Its cell stays its own: the flood does not take it back at once.
  assert.equal((await other()).kind, 'completed');
  const outcomes: readonly StepOutcome[] = await Promise.all(flood);
  assert.ok(
    outcomes.every(({ kind }) => kind === 'completed'),
    'every step of the flood is served too',
  );
});
