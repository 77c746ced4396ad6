import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Agent, asksNow, isOver, startAgentIn, step, testAgent } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { cellsOf, isAlive } from '../harness/processes.ts';

// Attack 188 while steps run; each durable boundary of a task is tried by the crash matrix.

const HOSTILE = testAgent('hostile');
/** As many as run at once: whatever is approved behind them waits for its turn. */
const SLOTS = 4;

const idOf = async (agent: Agent, intent: string): Promise<string> =>
  String((await agent.submit(intent))['task_id']);

const writing = async (agent: Agent, name: string): Promise<string> => {
  const id = await idOf(agent, `write 'text of ${name}' to outputs/${name}`);
  await agent.until(id, asksNow);
  return id;
};

const approve = async (agent: Agent, id: string): Promise<void> => {
  const answer = await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  assert.equal(answer.status, 200, answer.text);
};

const startsOf = async (agent: Agent, id: string): Promise<number> =>
  (await agent.audit()).filter(
    ({ event, data }) => event === 'step_started' && (data as { task_id?: string }).task_id === id,
  ).length;

test('kill -9 of the broker while steps run: no step runs twice, no approval is lost, no cell is left', async (t) => {
  const folder = await makeAgentFolder(t, {
    documents: { 'never.md': 'never as told\n' },
  });
  const doomed = await startAgentIn(t, folder, HOSTILE);
  const stuck: string[] = [];
  for (let n = 0; n < SLOTS; n += 1) {
    stuck.push(await idOf(doomed, 'summarize user_docs/never.md'));
  }
  for (const id of stuck) {
    await doomed.until(id, (task) => step(task, 'summarize')['status'] === 'running');
  }
  await doomed.untilRecorded('handle_call');
  const approved = await writing(doomed, 'approved.txt');
  const unanswered = await writing(doomed, 'unanswered.txt');
  await approve(doomed, approved);
  assert.equal(await startsOf(doomed, approved), 0);
  const cells = await cellsOf(doomed.pid);
  assert.ok(cells.length >= 1, 'no cell ran');
  await doomed.kill();

  const deadline = performance.now() + 5000;
  while (cells.some(isAlive) && performance.now() < deadline) await pause(20);
  assert.deepEqual(cells.filter(isAlive), [], 'cells outlive their broker');
  assert.deepEqual(await readdir(folder.outputs), []);

  const revived = await startAgentIn(t, folder, HOSTILE);
  for (const id of stuck) {
    const task = await revived.until(id, isOver);
    assert.equal(step(task, 'summarize')['code'], 'interrupted', JSON.stringify(task));
    assert.equal(await startsOf(revived, id), 1);
  }
  const done = await revived.until(approved, isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done));
  assert.ok(asksNow(await revived.until(unanswered, asksNow)));
  await approve(revived, unanswered);
  assert.equal((await revived.until(unanswered, isOver))['status'], 'completed');
  for (const [id, name] of [
    [approved, 'approved.txt'],
    [unanswered, 'unanswered.txt'],
  ] as const) {
    assert.equal(await startsOf(revived, id), 1);
    assert.equal(await readFile(join(folder.outputs, name), 'utf8'), `text of ${name}`);
  }
  await revived.assertChainValid();
});
