import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeScheduler } from '../../../core/broker/task/scheduler.ts';
import { newTaskId, type TaskId } from '../../../core/vocabulary/ids.ts';
import { pluginOf } from '../supervisor/job.ts';

const taskOf = (n: number): TaskId => newTaskId(() => new Uint8Array(8).fill(n));

/** A scheduler whose tasks run until they are ended, each of the plugin that its number says. */
const scheduled = (slots: number, isOther: (task: TaskId) => boolean = () => false) => {
  const ran: TaskId[] = [];
  const ends = new Map<TaskId, () => void>();
  const scheduler = makeScheduler({
    slots,
    queueLimit: 100,
    pluginOf: (task) => pluginOf(isOther(task) ? 'other' : 'flood'),
    run: (task) => {
      ran.push(task);
      return new Promise((resolve) => ends.set(task, resolve));
    },
  });
  const end = async (task: TaskId | undefined): Promise<void> => {
    if (task !== undefined) ends.get(task)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { scheduler, ran, end };
};

test('a task of another plugin waits for one task, not for the queue of a plugin (attack 65)', async () => {
  const other = taskOf(99);
  const { scheduler, ran, end } = scheduled(1, (task) => task === other);
  for (let n = 1; n <= 50; n += 1) scheduler.wake(taskOf(n));
  scheduler.wake(other);
  await end(ran[0]);
  await end(ran[1]);
  assert.equal(ran.length, 3);
  assert.ok(ran.includes(other));
});

test('a scheduler runs as many tasks as it has slots, each once, and is idle after the last', async () => {
  const { scheduler, ran, end } = scheduled(2);
  for (const n of [1, 2, 3, 4, 3]) scheduler.wake(taskOf(n));
  assert.equal(ran.length, 2);
  assert.equal(scheduler.claim(taskOf(5)), undefined, 'nobody goes before who waits');
  for (const n of [0, 1, 2, 3]) await end(ran[n]);
  assert.deepEqual(ran, [1, 2, 3, 4].map(taskOf));
  await scheduler.idle();
});

test('a task that is woken while it runs has another turn', async () => {
  const { scheduler, ran, end } = scheduled(1);
  scheduler.wake(taskOf(1));
  scheduler.wake(taskOf(1));
  await end(ran[0]);
  assert.deepEqual(ran, [taskOf(1), taskOf(1)]);
});
