import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { type Agent, asksNow, isOver, startAgentIn, step, testAgent } from '../harness/agent.ts';
import { type AgentFolder, makeAgentFolder } from '../harness/agent-folder.ts';

// Attack 183: the broker dies between an effect and its record. The intent is in the log, the outcome is
// not; nobody can know, so the step is reported as unknown, and it is never tried again.

const STOPPING = testAgent('stopping');

/** Approves a write, and returns its task once the broker has died of it. */
const dieWriting = async (
  t: TestContext,
  when: 'before' | 'after',
): Promise<{ folder: AgentFolder; id: string }> => {
  const folder = await makeAgentFolder(t, { env: { STOP: when } });
  const doomed = await startAgentIn(t, folder, STOPPING);
  const submitted = await doomed.submit("write 'the one text' to outputs/a.txt");
  const id = String(submitted['task_id']);
  await doomed.until(id, asksNow);
  await doomed.post(`/v1/task/${id}/approve`, { approve_all: true }).catch(() => undefined);
  await doomed.until(id, () => false).catch(() => undefined);
  return { folder, id };
};

const dataOf = async (agent: Agent, event: string, id: string): Promise<readonly JsonObject[]> =>
  (await agent.audit())
    .filter((record) => record['event'] === event)
    .map((record) => record['data'] as JsonObject)
    .filter((data) => data['task_id'] === id);

const assertUnknown = async (agent: Agent, id: string): Promise<void> => {
  const task = await agent.until(id, isOver);
  assert.equal(task['status'], 'recovery_required', JSON.stringify(task));
  assert.equal(step(task, 'write_file')['code'], 'unknown_outcome');
  const again = await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  assert.equal(again.status, 409, again.text);
  assert.equal((await dataOf(agent, 'effect_intended', id)).length, 1);
  assert.equal((await dataOf(agent, 'effect_completed', id)).length, 0);
  assert.equal((await dataOf(agent, 'step_started', id)).length, 1);
  const [recovered] = await dataOf(agent, 'step_recovered', id);
  assert.equal(recovered?.['code'], 'unknown_outcome');
  await agent.assertChainValid();
};

/** The next task works, and by its end a repetition would have happened. */
const writeAnother = async (agent: Agent): Promise<void> => {
  const submitted = await agent.submit("write 'another' to outputs/b.txt");
  const id = String(submitted['task_id']);
  await agent.until(id, asksNow);
  await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  assert.equal((await agent.until(id, isOver))['status'], 'completed');
};

test('a broker that dies right after an effect reports it as unknown and never repeats it', async (t) => {
  const { folder, id } = await dieWriting(t, 'after');
  const file = join(folder.outputs, 'a.txt');
  assert.equal(await readFile(file, 'utf8'), 'the one text');
  await rm(file);
  for (let restart = 0; restart < 2; restart += 1) {
    const revived = await startAgentIn(t, folder);
    await assertUnknown(revived, id);
    if (restart === 1) await writeAnother(revived);
    await revived.stop();
  }
  assert.deepEqual(await readdir(folder.outputs), ['b.txt']);
});

test('a broker that dies right before an effect reports it as unknown as well, and never makes up for it', async (t) => {
  const { folder, id } = await dieWriting(t, 'before');
  assert.match((await readdir(folder.outputs)).join(), /^\.secai-[0-9a-f]{32}\.tmp$/);
  const revived = await startAgentIn(t, folder);
  await assertUnknown(revived, id);
  assert.deepEqual(await readdir(folder.outputs), [], 'what the crash left is gone (attack 117)');
  const [removed] = await dataOf(revived, 'unfinished_removed', id);
  assert.equal(removed?.['files'], 1);
  await writeAnother(revived);
  assert.deepEqual(await readdir(folder.outputs), ['b.txt']);
});
