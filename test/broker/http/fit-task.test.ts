import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { taskListReply, taskReply } from '../../../core/broker/http/task-reply.ts';
import type { StepView, TaskView } from '../../../core/broker/task/task-service.ts';
import { type JsonObject, type JsonValue, ownValue } from '../../../core/vocabulary/json.ts';
import { makeTask } from './memory-tasks.ts';

/** The proxy's limits, counted here in another way than the code counts. */
const assertWithinLimits = (reply: JsonValue): void => {
  assert.ok(Buffer.byteLength(JSON.stringify(reply)) <= 2 * 1024 * 1024, 'bytes');
  let nodes = 0;
  const visit = (value: JsonValue, depth: number): void => {
    nodes += 1;
    assert.ok(depth <= 12, 'depth');
    if (typeof value === 'string') assert.ok(value.length <= 65_536, 'string');
    if (value === null || typeof value !== 'object') return;
    const entries = Object.entries(value);
    if (!Array.isArray(value)) {
      assert.ok(entries.length <= 256, 'keys of an object');
      for (const [key] of entries) assert.ok(key.length <= 256, 'key length');
    }
    for (const [, item] of entries) visit(item, depth + 1);
  };
  visit(reply, 1);
  assert.ok(nodes <= 10_000, `nodes: ${nodes}`);
};

const nest = (levels: number): JsonValue => (levels === 0 ? 'x' : { in: nest(levels - 1) });
const task = (result: JsonObject, count = 1, more: Partial<StepView> = {}): TaskView =>
  makeTask(
    {},
    Array.from({ length: count }, () => ({ status: 'completed', result, ...more })),
  );
const listed = (reply: JsonObject): readonly JsonValue[] =>
  ownValue(reply, 'tasks') as readonly JsonValue[];

const HUGE: readonly (readonly [string, JsonObject])[] = [
  ['a long string', { text: 'a'.repeat(1_000_000) }],
  ['characters that grow in JSON', { text: '\u0001'.repeat(1_000_000) }],
  ['emoji', { text: '😀'.repeat(500_000) }],
  ['many items', { list: Array.from({ length: 100_000 }, (_, i) => i) }],
  ['many fields', Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, i]))],
  ['a long key', { ['k'.repeat(300)]: 1, b: 2 }],
  ['deep nesting', { deep: nest(200) }],
  [
    'wide and deep',
    { list: Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => [1, [2]])) },
  ],
];

test('a task with any of these results, in 1, 30 and 100 steps, stays within the limits alone and listed', () => {
  for (const [name, result] of HUGE)
    for (const count of [1, 30, 100]) {
      const view = task(result, count, { params: result, error: 'e'.repeat(100_000) });
      const alone = taskReply(view);
      assertWithinLimits(alone);
      assert.equal((ownValue(alone, 'steps') as readonly unknown[]).length, count, name);
      const list = taskListReply([view, view, view]);
      assertWithinLimits(list);
      assert.ok(listed(list).length >= 1, name);
    }
});

test('any result fits', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 20, stringUnit: 'binary' }), (value) => {
      assertWithinLimits(taskListReply([task({ value: value as JsonValue }, 3)]));
    }),
  );
});

test('a cut says how much there was and where the whole is, and never splits a character', () => {
  const view = task({ text: '😀'.repeat(50_000), n: 1 });
  const shown = JSON.parse(JSON.stringify(taskReply(view))).steps[0].result;
  const step = view.steps[0]?.step_id;
  assert.match(shown.text, /^(😀)+… \[cut: 100000 characters; whole at /u);
  assert.ok(shown.text.endsWith(`/v1/task/${view.task_id}/steps/${step}/result]`));
  assert.equal(shown.n, 1);
});

test('what fits is not touched', () => {
  const view = task({ hits: [{ path: 'a', passages: [{ text: 'b', first_line: 1 }] }] });
  assert.deepEqual(JSON.parse(JSON.stringify(taskReply(view))), JSON.parse(JSON.stringify(view)));
});

test('a list stops before the task that would cross a limit, says so, and reads no further', () => {
  let read = 0;
  const views = function* (): Iterable<TaskView> {
    for (let i = 0; i < 50; i += 1) {
      read += 1;
      yield task({ text: 'a'.repeat(100_000) }, 30);
    }
  };
  const reply = taskListReply(views());
  assertWithinLimits(reply);
  assert.equal(ownValue(reply, 'truncated'), true);
  assert.ok(listed(reply).length >= 5, `${listed(reply).length} tasks`);
  assert.equal(read, listed(reply).length + 1);
  assert.equal(Object.hasOwn(taskListReply([task({ a: 1 })]), 'truncated'), false);
});

test('a hundred tasks with large results are cut in time that follows what is kept', () => {
  const large = task({ list: Array.from({ length: 100_000 }, () => 'a'.repeat(10)) }, 30);
  const started = performance.now();
  for (let i = 0; i < 100; i += 1) taskReply(large);
  assert.ok(performance.now() - started < 10_000);
});
