import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_DEATHS } from '../../../core/broker/supervisor/quarantine.ts';
import type { CellDeath, QuarantinedPlugin } from '../../../core/broker/supervisor/supervisor.ts';
import { handleOf, jobOf, pluginOf, realSupervisor, standardWith } from './job.ts';

// Real cells that die under a plugin; the clock of the quarantine is the test's.

const storm = (size = 2) => {
  const clock = { now: 0 };
  const deaths: CellDeath[] = [];
  const begun: QuarantinedPlugin[] = [];
  const supervisor = realSupervisor({
    size,
    profile: standardWith({ cpu_ms: 300 }),
    elapsed: () => clock.now,
    onDeath: (death) => deaths.push(death),
    onQuarantine: (plugin) => begun.push(plugin),
  });
  let pid = 0;
  const kill = handleOf('path', {
    read: async () => {
      process.kill(pid, 'SIGKILL');
      return {};
    },
  });
  const run = async (plugin: string, body: string): Promise<string> => {
    const outcome = await supervisor.run(
      jobOf(body, {
        plugin: pluginOf(plugin),
        handles: [kill],
        onStarted: (cell) => (pid = cell.pid),
      }),
    );
    return outcome.kind === 'failed' ? outcome.code : outcome.kind;
  };
  return { clock, deaths, begun, supervisor, run };
};

const DIE = 'await handles.path.read(); await new Promise(() => {});';

test('supervisor runs no step of a quarantined plugin, lets one through after the wait, and lifts it when that completes', async (t) => {
  const { clock, deaths, begun, supervisor, run } = storm();
  t.after(() => supervisor.close());
  for (let n = 0; n < MOST_DEATHS; n += 1) assert.equal(await run('bad', DIE), 'crash');
  assert.equal(await run('bad', 'return {};'), 'quarantined');
  assert.equal(await run('good', 'return {};'), 'completed');
  assert.deepEqual(
    supervisor.status().quarantined.map(({ plugin, deaths: count }) => [plugin, count]),
    [['bad', MOST_DEATHS]],
  );

  clock.now += 60_000;
  assert.equal(await run('bad', DIE), 'crash');
  assert.equal(await run('bad', 'return {};'), 'quarantined');
  clock.now += 60_000;
  assert.equal(await run('bad', 'return {};'), 'quarantined', 'the second wait is twice as long');
  clock.now += 60_000;
  assert.equal(await run('bad', 'return {};'), 'completed');
  while (supervisor.status().quarantined.length > 0) await breath();
  assert.equal(await run('bad', 'return {};'), 'completed');

  assert.equal(deaths.length, MOST_DEATHS + 1);
  assert.ok(deaths.every(({ plugin, reason }) => plugin === 'bad' && reason === 'crash'));
  assert.deepEqual(
    begun.map(({ leftMs }) => leftMs),
    [60_000, 120_000],
  );
});

test('steps that wait for a cell when their plugin is quarantined are turned away', async (t) => {
  const { supervisor, run } = storm(1);
  t.after(() => supervisor.close());
  const codes = await Promise.all(Array.from({ length: MOST_DEATHS + 3 }, () => run('bad', DIE)));
  assert.deepEqual(codes.toSorted(), [
    ...Array.from({ length: MOST_DEATHS }, () => 'crash'),
    ...Array.from({ length: 3 }, () => 'quarantined'),
  ]);
});

test('a cell that its step leaves hanging is a death of its plugin, though the step had its outcome', async (t) => {
  const { deaths, supervisor, run } = storm();
  t.after(() => supervisor.close());
  // No engine looks for an interruption in here (attack 225): the cell reports the time and cannot go on.
  const hang = 'Array.prototype.indexOf.call({ length: 2 ** 40 }, 1);';
  for (let n = 1; n < MOST_DEATHS; n += 1) assert.equal(await run('bad', DIE), 'crash');
  assert.equal(await run('bad', hang), 'cpu');
  while (deaths.length < MOST_DEATHS) await breath();
  assert.equal(deaths.at(-1)?.reason, 'wall');
  assert.equal(await run('bad', hang), 'quarantined');
});

test('who cancels a step, and a cell that is replaced, count against no plugin', async (t) => {
  const { deaths, supervisor } = storm();
  t.after(() => supervisor.close());
  for (let n = 0; n <= MOST_DEATHS; n += 1) {
    const abort = new AbortController();
    const outcome = await supervisor.run(
      jobOf('await new Promise(() => {});', {
        signal: abort.signal,
        onStarted: () => abort.abort(),
      }),
    );
    assert.equal(outcome.kind === 'failed' && outcome.code, 'cancelled');
    await supervisor.run(jobOf('return {};', { profile: 'strict' }));
  }
  assert.deepEqual(deaths, []);
  assert.deepEqual(supervisor.status().quarantined, []);
});

const breath = () => new Promise((resolve) => setTimeout(resolve, 10));
