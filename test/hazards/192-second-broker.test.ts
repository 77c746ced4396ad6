import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  type Agent,
  asksNow,
  isOver,
  launch,
  startAgentIn,
  step,
  testAgent,
} from '../harness/agent.ts';
import { type AgentFolder, makeAgentFolder } from '../harness/agent-folder.ts';

// Attack 192 from beside: a second broker over the same state would answer, run and record the tasks of
// the first one again. It is refused before it reads or writes any of it.

const HOSTILE = testAgent('hostile');
const SLOTS = 4;

const refusedBeside = async (folder: AgentFolder): Promise<string> => {
  const { child, said, exited } = launch(folder);
  await exited;
  assert.equal(child.exitCode, 1, said());
  return said();
};

const idOf = async (agent: Agent, intent: string): Promise<string> =>
  String((await agent.submit(intent))['task_id']);

test('a second broker over the same state is refused, and the first one loses and repeats nothing', async (t) => {
  const folder = await makeAgentFolder(t, {
    documents: { 'never.md': 'never as told\n' },
  });
  const agent = await startAgentIn(t, folder, HOSTILE);
  const stuck: string[] = [];
  for (let n = 0; n < SLOTS; n += 1) stuck.push(await idOf(agent, 'summarize user_docs/never.md'));
  const approved = await idOf(agent, "write 'text' to outputs/a.txt");
  await agent.until(approved, asksNow);
  await agent.post(`/v1/task/${approved}/approve`, { approve_all: true });

  assert.match(await refusedBeside(folder), /task store.*in use/);
  const elsewhere = { ...folder.env, BIND_ADDR: `unix:${join(folder.root, 'run', 'other.sock')}` };
  assert.match(await refusedBeside({ ...folder, env: elsewhere }), /task store.*in use/);

  assert.equal((await agent.get('/health')).body['status'], 'ok');
  const events = (await agent.audit()).map(({ event }) => event);
  assert.equal(events.filter((event) => event === 'service_started').length, 1);
  assert.ok(!events.includes('step_recovered'), 'the second one ended the steps of the first');
  assert.deepEqual(await readdir(folder.outputs), []);
  for (const id of stuck) {
    const { body } = await agent.get(`/v1/task/${id}`);
    assert.equal(step(body, 'summarize')['status'], 'running');
    await agent.post(`/v1/task/${id}/cancel`, {});
  }
  assert.equal((await agent.until(approved, isOver))['status'], 'completed');
  const starts = (await agent.audit()).filter(
    ({ event, data }) =>
      event === 'step_started' && (data as { task_id?: string }).task_id === approved,
  );
  assert.equal(starts.length, 1);
  await agent.assertChainValid();
});
