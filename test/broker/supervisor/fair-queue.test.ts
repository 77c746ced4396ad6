import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFairQueue } from '../../../core/broker/supervisor/fair-queue.ts';

const filled = (...items: readonly string[]) => {
  const queue = makeFairQueue<string, string>();
  for (const item of items) queue.add(item[0] ?? '', item);
  return queue;
};
const drain = (queue: ReturnType<typeof filled>): readonly string[] => {
  const taken: string[] = [];
  for (let item = queue.take(() => true); item !== undefined; item = queue.take(() => true)) {
    taken.push(item);
  }
  return taken;
};

test('a fair queue serves its keys in turn, and each key first come first served', () => {
  const items = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'];
  const queue = filled(...items);
  assert.deepEqual(queue.inTurn(), ['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  assert.deepEqual(drain(queue), ['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
});

test('a key that comes late waits for one item of each other key, however many they have', () => {
  const queue = filled(...Array.from({ length: 1000 }, (_, i) => `a${i}`));
  assert.equal(
    queue.take(() => true),
    'a0',
  );
  queue.add('b', 'b0');
  const [first, second] = drain(queue);
  assert.deepEqual([first, second].includes('b0'), true);
});

test('a fair queue passes over what does not fit, and keeps its turn', () => {
  const queue = filled('a1', 'a2', 'b1', 'c1');
  assert.equal(
    queue.take((item) => item.startsWith('b')),
    'b1',
  );
  assert.equal(
    queue.take((item) => item.startsWith('z')),
    undefined,
  );
  assert.deepEqual(drain(queue), ['a1', 'c1', 'a2']);
});

test('what was removed or taken by its key is not served', () => {
  const queue = filled('a1', 'a2', 'b1', 'b2', 'c1');
  queue.remove('a', 'a1');
  queue.remove('c', 'c1');
  assert.deepEqual(queue.takeAll('b'), ['b1', 'b2']);
  assert.deepEqual(drain(queue), ['a2']);
  assert.deepEqual(queue.takeAll('a'), []);
});
