import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSpawnerLauncher } from '../../../../core/broker/main/powers/spawner-launcher.ts';
import { KERNEL_LAYERS } from '../../../../core/protocol/messages.ts';
import { childrenOf, isAlive } from '../../../harness/processes.ts';

const spawnerPid = async (): Promise<number> => {
  const [pid = 0] = await childrenOf(process.pid);
  return pid;
};

test('a launched cell is told of, watched and killed from here, though it is no child of ours', async (t) => {
  const cells = makeSpawnerLauncher();
  t.after(() => cells.close());
  const { inherited } = await cells.ready();
  assert.deepEqual(inherited.toSorted(), KERNEL_LAYERS.toSorted());
  const cell = await cells.launch('standard');
  assert.ok(!(await childrenOf(process.pid)).includes(cell.pid));
  assert.ok((await childrenOf(await spawnerPid())).includes(cell.pid));
  assert.ok(((await cell.usage())?.rssBytes ?? 0) > 0);
  cell.kill();
  const exit = await cell.exited;
  assert.equal(exit.signal, 'SIGKILL');
  assert.equal(isAlive(cell.pid), false);
  assert.equal(await cell.usage(), undefined);
  cell.kill();
});

test('many cells asked for at once come each with a channel of its own', async (t) => {
  const cells = makeSpawnerLauncher();
  t.after(() => cells.close());
  const launched = await Promise.all(
    (['standard', 'strict', 'vetting', 'standard'] as const).map((profile) =>
      cells.launch(profile),
    ),
  );
  assert.equal(new Set(launched.map(({ pid }) => pid)).size, 4);
  assert.equal(new Set(launched.map(({ channel }) => channel)).size, 4);
  for (const cell of launched) cell.channel.destroy();
  for (const cell of launched) assert.equal((await cell.exited).signal, 'SIGKILL');
});

test('without its spawner nothing starts: cells end, who waits is refused, and later requests too', async () => {
  const cells = makeSpawnerLauncher();
  const cell = await cells.launch('standard');
  assert.equal(cells.lost(), undefined);
  const waiting = cells.launch('standard');
  process.kill(await spawnerPid(), 'SIGKILL');
  const ended = waiting.then(
    ({ exited }) => exited,
    (thrown: unknown) => thrown,
  );
  assert.match(await cells.gone, /the spawner ended: SIGKILL/);
  await cell.exited;
  await ended;
  await assert.rejects(cells.launch('standard'), { code: 'sandbox_unavailable' });
  assert.match(cells.lost() ?? '', /SIGKILL/);
  await cells.close();
});

test('a spawner that does not start is refused with the reason that it gave', async () => {
  const cells = makeSpawnerLauncher({ program: ['/nowhere/spawner.js'] });
  await assert.rejects(cells.ready(), {
    code: 'sandbox_unavailable',
    message: /the spawner ended/,
  });
});
