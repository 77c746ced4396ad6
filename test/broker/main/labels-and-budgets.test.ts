import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { JsonObject } from '../../../core/vocabulary/json.ts';
import {
  type Agent,
  asksNow,
  isOver,
  startAgent,
  startAgentIn,
  step,
  steps,
  testAgent,
} from '../../harness/agent.ts';
import { makeAgentFolder } from '../../harness/agent-folder.ts';

// Modes, ceilings, labels and budgets as a person meets them, from the policy file to the step that ends.

const DOCUMENTS = {
  'low.md': 'Backups run every night.\n',
  'medium.md': 'Ask joe@example.com about backups.\n',
  'high.md': 'Backups: joe@example.com, 123-45-6789.\n',
  'long.md': 'Backups run every night and restores are tested often. '.repeat(100),
};
const ALWAYS = { preferences: { read_file: 'always', write_file: 'always' } };
const SENSITIVE = { ...ALWAYS, mode: 'sensitive' };

const end = async (agent: Agent, intent: string, more: JsonObject = ALWAYS): Promise<JsonObject> =>
  agent.until(String((await agent.submit(intent, more))['task_id']), isOver);
const resultOf = (task: JsonObject, action: string): JsonObject =>
  step(task, action)['result'] as JsonObject;
const startWith = (t: TestContext, policy: string): Promise<Agent> =>
  startAgent(t, { documents: DOCUMENTS, policy });

test('a file above the ceiling stops the step that reads it, and is left out of a search and counted', async (t) => {
  const agent = await startWith(t, '');
  for (const [intent, action] of [
    ['read user_docs/high.md', 'read_file'],
    ['summarize user_docs/high.md', 'summarize'],
  ] as const) {
    const { status, code, remedy, error } = step(await end(agent, intent), action);
    assert.deepEqual([status, code], ['failed', 'above_ceiling'], intent);
    assert.equal(error, 'file sensitivity `high` exceeds ceiling `medium`');
    assert.match(String(remedy), /mode whose ceiling covers/);
  }
  const found = resultOf(await end(agent, 'find backups'), 'local_search');
  assert.equal(found['left_out'], 1);
  assert.doesNotMatch(JSON.stringify(found), /high\.md|6789/);
});

test('a result carries the highest label of what it came from, through each step of a task', async (t) => {
  const agent = await startWith(t, '');
  assert.equal(resultOf(await end(agent, 'read user_docs/low.md'), 'read_file')['label'], 'low');
  const intent = 'find joe and write a report to outputs/r.md';
  const task = await end(agent, intent);
  assert.equal(task['status'], 'completed', JSON.stringify(task));
  assert.deepEqual(
    steps(task).map(({ result }) => (result as JsonObject)['label']),
    ['medium', 'medium', 'medium'],
  );
  const labels = (await agent.audit())
    .filter(({ event }) => event === 'step_executed')
    .map(({ data }) => (data as JsonObject)['label']);
  assert.deepEqual(labels, ['low', 'medium', 'medium', 'medium']);
});

test('sensitive mode reads what the request names and nothing else, up to its own ceiling', async (t) => {
  const agent = await startWith(t, '');
  const denied = step(await end(agent, 'read user_docs/low.md', SENSITIVE), 'read_file');
  assert.deepEqual([denied['status'], denied['rule']], ['denied', 'read_scope']);
  assert.match(String(denied['remedy']), /name its workspace/);
  const search = await agent.post('/v1/task', { intent: 'find backups', ...SENSITIVE });
  assert.deepEqual([search.status, search.body['code']], [422, 'unplannable']);
  const other = { ...SENSITIVE, workspace: ['outputs'] };
  const elsewhere = step(await end(agent, 'read user_docs/low.md', other), 'read_file');
  assert.equal(elsewhere['rule'], 'read_scope');
  const named = { ...SENSITIVE, workspace: ['user_docs'] };
  const high = resultOf(await end(agent, 'read user_docs/high.md', named), 'read_file');
  assert.deepEqual([high['ok'], high['label']], [true, 'high']);
});

test('the policy file sets the ceiling of a mode, asks before automatic reads, and denies for good', async (t) => {
  const agent = await startWith(
    t,
    `modes: { standard: { online: false, sensitivity_ceiling: low } }
auto_reads: ask
always_deny: [overwrite_file]
`,
  );
  const medium = step(await end(agent, 'read user_docs/medium.md'), 'read_file');
  assert.equal(medium['code'], 'above_ceiling');
  const asked = await agent.submit('summarize user_docs/low.md');
  assert.ok(asksNow(asked), JSON.stringify(asked));
  const denied = step(await end(agent, "overwrite outputs/x.txt with 'y'"), 'overwrite_file');
  assert.deepEqual([denied['status'], denied['rule']], ['denied', 'always_deny']);
});

const budgets = (limits: string): string =>
  `budgets:\n  standard: { max_steps: 9, max_tool_calls: 9, max_tokens: 9, ${limits} }\n`;

test('the output budget of the file counts what is returned and written, not what a cell reads', async (t) => {
  const limits = 'max_wall_clock_seconds: 60, max_files_touched: 2, max_output_bytes: 2000';
  const agent = await startWith(t, budgets(limits));
  assert.equal((await end(agent, 'summarize user_docs/long.md'))['status'], 'completed');
  const returned = step(await end(agent, 'read user_docs/long.md'), 'read_file');
  assert.deepEqual(
    [returned['code'], returned['error']],
    ['budget_exceeded', 'output-size budget would be exceeded'],
  );
  const text = 'x'.repeat(1500);
  const written = step(await end(agent, `save '${text}' to outputs/x.txt`), 'write_file');
  assert.equal(written['status'], 'completed', JSON.stringify(written));
  const three = 'read user_docs/low.md and read user_docs/medium.md and summarize user_docs/low.md';
  const touched = step(await end(agent, three), 'summarize');
  assert.equal(touched['error'], 'files-touched budget exceeded (2/2)');
  const records = (await agent.audit()).filter(({ event }) => event === 'budget_exceeded');
  assert.equal(records.length, 2);
});

test('a step that outlasts the wall budget of its task ends as that, and the next task runs', async (t) => {
  const limits = 'max_wall_clock_seconds: 1, max_files_touched: 9, max_output_bytes: 9000';
  const folder = await makeAgentFolder(t, {
    documents: { ...DOCUMENTS, 'never.md': 'never as told\n' },
    policy: budgets(limits),
  });
  const agent = await startAgentIn(t, folder, testAgent('hostile'));
  const { code, error } = step(await end(agent, 'summarize user_docs/never.md'), 'summarize');
  assert.deepEqual([code, error], ['budget_exceeded', 'wall-clock budget exceeded (1s/1s)']);
  assert.equal((await end(agent, 'find backups'))['status'], 'completed');
});
