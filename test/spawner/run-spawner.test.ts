import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KERNEL_LAYERS } from '../../core/protocol/messages.ts';
import { isAlive, untilGone } from '../harness/processes.ts';
import { startRawSpawner } from './raw-spawner.ts';

test('the spawner says that it is ready only behind every layer', async (t) => {
  const spawner = startRawSpawner(t);
  const ready = await spawner.next();
  assert.equal(ready.type, 'ready');
  assert.deepEqual(ready.type === 'ready' && ready.layers.toSorted(), KERNEL_LAYERS.toSorted());
  spawner.endInput();
  assert.equal(await spawner.ended, 0);
});

test('the spawner starts one cell a request, and its end kills every cell', async (t) => {
  const spawner = startRawSpawner(t);
  await spawner.next();
  spawner.write('{"profile":"standard"}\n{"profile":"strict"}\n');
  const pids: number[] = [];
  for (const number of [1, 2]) {
    const answer = await spawner.next();
    assert.ok(answer.type === 'started' && answer.number === number, JSON.stringify(answer));
    pids.push(answer.pid);
  }
  assert.ok(pids.every(isAlive));
  spawner.endInput();
  assert.equal(await spawner.ended, 0);
  for (const pid of pids) assert.ok(await untilGone(pid), `cell ${pid} outlives its spawner`);
});

for (const line of [
  '{"profile":"root"}',
  '{"profile":"standard","main":"/bin/sh"}',
  'not json',
  `{"profile":"${'x'.repeat(300)}`,
]) {
  test(`the spawner ends with its cells at the line ${line.slice(0, 40)}`, async (t) => {
    const spawner = startRawSpawner(t);
    await spawner.next();
    spawner.write('{"profile":"standard"}\n');
    const started = await spawner.next();
    assert.ok(started.type === 'started');
    spawner.write(`${line}\n`);
    assert.equal(await spawner.ended, 0);
    assert.ok(await untilGone(started.pid));
  });
}

test('the spawner takes no other program than the two it knows', async (t) => {
  for (const args of [[], ['/bin/sh'], ['cell', '/bin/sh'], ['cell', '--weak', '--main=/bin/sh']]) {
    assert.equal(await startRawSpawner(t, args).ended, 2, args.join(' '));
  }
});
