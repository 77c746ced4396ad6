import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { type Agent, asksNow, isOver, startAgentIn, step, testAgent } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';

// Attack 128: a handle is taken away while it writes. The write that has begun ends, and the log learns
// how, whatever became of its task meanwhile.

const GATED = testAgent('gated');

const cancelledWhileWriting = async (
  t: TestContext,
  env: Record<string, string>,
): Promise<{ agent: Agent; id: string; open: () => void }> => {
  const made = await makeAgentFolder(t, { documents: { 'a.md': 'A file says one thing.\n' } });
  const gate = join(made.stateFolder, 'gate');
  const folder = { ...made, env: { ...made.env, ...env, GATE: gate } };
  const agent = await startAgentIn(t, folder, GATED);
  const submitted = await agent.submit("write 'the text' to outputs/a.txt");
  const id = String(submitted['task_id']);
  await agent.until(id, asksNow);
  await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  const deadline = performance.now() + 10_000;
  while (!existsSync(`${gate}.begun`) && performance.now() < deadline) await pause(10);
  const answer = await agent.post(`/v1/task/${id}/cancel`, {});
  assert.equal(answer.body['status'], 'cancelled', answer.text);
  assert.equal(step(answer.body, 'write_file')['code'], 'cancelled');
  return { agent, id, open: () => writeFileSync(gate, '') };
};

const endOfWrite = async (agent: Agent, id: string): Promise<JsonObject> => {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const ends = (await agent.audit())
      .filter(({ event }) => event === 'effect_completed')
      .map(({ data }) => data as JsonObject)
      .filter((data) => data['task_id'] === id);
    if (ends[0] !== undefined) return ends[0];
    assert.ok(
      performance.now() < deadline,
      `the end of the write is not on record\n${agent.said()}`,
    );
    await pause(20);
  }
};

const nextTaskWorks = async (agent: Agent): Promise<void> => {
  const task = await agent.submit('find one thing');
  const done = await agent.until(String(task['task_id']), isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done));
};

test('a write under way when its task is cancelled ends, and its end is on record as late', async (t) => {
  const { agent, id, open } = await cancelledWhileWriting(t, {});
  open();
  const end = await endOfWrite(agent, id);
  assert.deepEqual([end['ok'], end['late']], [true, true]);
  assert.equal(await readFile(join(agent.folder.outputs, 'a.txt'), 'utf8'), 'the text');
  const { body } = await agent.get(`/v1/task/${id}`);
  assert.equal(body['status'], 'cancelled');
  await nextTaskWorks(agent);
  await agent.assertChainValid();
});

test('a write that outlives even the memory of its task has its end on record', async (t) => {
  const { agent, id, open } = await cancelledWhileWriting(t, { AGENT_TASK_HISTORY_LIMIT: '1' });
  await nextTaskWorks(agent);
  assert.equal((await agent.get(`/v1/task/${id}`)).status, 404);
  open();
  const end = await endOfWrite(agent, id);
  assert.deepEqual([end['ok'], end['late']], [true, true]);
  await agent.assertChainValid();
});
