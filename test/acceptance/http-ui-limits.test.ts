import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/vocabulary/json.ts';
import { isOver, startAgent, step, steps } from '../harness/agent.ts';
import { assertSafe } from '../harness/contract.ts';
import { assertWithinUiLimits } from '../harness/ui-limits.ts';

const BUDGETS = `budgets:
  standard:
    max_steps: 30
    max_tool_calls: 80
    max_tokens: 32000
    max_wall_clock_seconds: 600
    max_files_touched: 40
    max_output_bytes: 8388608
`;

// Characters outside the basic plane: each is one character to the UI, two units to us and four bytes.
const LARGE = `${'A line of a large file, with a 😀.\n'.repeat(3000)}`;
assert.ok(Buffer.byteLength(LARGE) > 100_000);

const THIRTY = Array.from({ length: 30 }, (_, index) => `user_docs/${index}.md`);
const READ_THIRTY = `read ${THIRTY.join(' and ')}`;
const ALWAYS = { preferences: { read_file: 'always' } };

const agent = await startAgent(
  { after },
  {
    documents: {
      'large.md': LARGE,
      ...Object.fromEntries(THIRTY.map((_, index) => [`${index}.md`, `file ${index}\n${LARGE}`])),
    },
    policy: BUDGETS,
  },
);

const contentOf = (value: JsonValue | undefined): string => {
  assert.ok(value !== undefined && isJsonObject(value));
  return String(value['content']);
};
const idOf = (task: JsonObject): string => String(task['task_id']);

test('http.ui_limits: a 100 KB result is cut with a marker in the task, by size in the list, and whole at its route', async () => {
  const id = idOf(await agent.submit('read user_docs/large.md', ALWAYS));
  const done = await agent.until(id, isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done).slice(0, 2000));

  const alone = await agent.get(`/v1/task/${id}`);
  assertWithinUiLimits(alone);
  const shown = contentOf(step(alone.body, 'read_file')['result']);
  const route = `/v1/task/${id}/steps/${step(done, 'read_file')['step_id']}/result`;
  const mark = shown.slice(shown.indexOf('… [cut: '));
  assert.equal(mark, `… [cut: ${LARGE.length} characters; whole at ${route}]`);
  assert.ok(LARGE.startsWith(shown.slice(0, -mark.length)));
  assert.ok(shown.length > 50_000, 'no more is cut than must be');

  const list = await agent.get('/v1/tasks');
  assertWithinUiLimits(list);
  assert.ok(list.text.length < 10_000, 'a list holds no large result');

  const whole = await agent.get(route);
  assert.equal(whole.status, 200);
  assertSafe(whole);
  assert.equal(contentOf(whole.body['output']), LARGE);
});

test('http.ui_limits: 30 results of 100 KB in one task are shown within the limits, each marked and whole at its route', async () => {
  const id = idOf(await agent.submit(READ_THIRTY, ALWAYS));
  const done = await agent.until(id, isOver, 60_000);
  assert.equal(done['status'], 'completed', JSON.stringify(done).slice(0, 2000));
  assert.equal(steps(done).length, 30);
  assertWithinUiLimits(await agent.get(`/v1/task/${id}`));
  assertWithinUiLimits(await agent.get('/v1/tasks'));
  for (const [index, read] of steps(done).entries()) {
    const route = `/v1/task/${id}/steps/${read['step_id']}/result`;
    assert.ok(contentOf(read['result']).endsWith(`whole at ${route}]`));
    const whole = await agent.get(route);
    assert.equal(contentOf(whole.body['output']), `file ${index}\n${LARGE}`);
  }
});

test('http.ui_limits: a list of 50 tasks of 30 steps stops before the limit, says so, and hides no step of a task', async () => {
  const ids: string[] = [];
  for (let count = 0; count < 50; count += 1) {
    const task = await agent.submit(READ_THIRTY);
    assert.equal(steps(task).length, 30);
    ids.unshift(idOf(task));
  }
  for (const query of ['', '?limit=50', '?limit=100', '?limit=200']) {
    const list = await agent.get(`/v1/tasks${query}`);
    assertWithinUiLimits(list);
    assert.equal(list.body['truncated'], true);
    const { tasks } = list.body;
    assert.ok(Array.isArray(tasks));
    const shown = tasks.filter(isJsonObject);
    assert.ok(shown.length >= 5, `only ${shown.length} tasks`);
    assert.deepEqual(shown.map(idOf), ids.slice(0, shown.length), 'the newest come first');
    for (const task of shown) assert.equal(steps(task).length, 30);
  }
  const few = await agent.get('/v1/tasks?limit=5');
  assertWithinUiLimits(few);
  assert.ok(!('truncated' in few.body), 'a list that is whole says nothing of the kind');
  // What the list left out is still there, one by one.
  assertWithinUiLimits(await agent.get(`/v1/task/${ids.at(-1)}`));
});
