import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Agent, asksNow, isOver, startAgentIn, step, testAgent } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { assertRefused } from '../harness/contract.ts';

// Attack 184 through a whole agent: the disk is full for the log, or for the store. What cannot be recorded
// does not happen, the answer and /health say why, and a restart with room goes on from what is on record.

const FULL_DISK = testAgent('full-disk');

interface Full {
  readonly agent: Agent;
  /** The task whose write waits for an approval. */
  readonly id: string;
  readonly sign: string;
}

const fillDisk = async (t: TestContext, variable: 'FULL_LOG' | 'FULL_STORE'): Promise<Full> => {
  const plain = await makeAgentFolder(t, { documents: { 'a.md': 'Backups run every night.\n' } });
  const sign = join(plain.root, 'full');
  const folder = { ...plain, env: { ...plain.env, [variable]: sign } };
  const agent = await startAgentIn(t, folder, FULL_DISK);
  const id = String((await agent.submit("save 'text' to outputs/x.txt"))['task_id']);
  await agent.until(id, asksNow);
  await writeFile(sign, '');
  return { agent, id, sign };
};

const assertNothingHappens = async ({ agent, id }: Full, code: string): Promise<void> => {
  for (const [path, body] of [
    [`/v1/task/${id}/approve`, { approve_all: true }],
    ['/v1/task', { intent: 'summarize user_docs/a.md' }],
  ] as const) {
    const reply = await agent.post(path, body);
    assertRefused(reply, 503, String(reply.body['error']), code);
  }
  const task = (await agent.get(`/v1/task/${id}`)).body;
  assert.equal(step(task, 'write_file')['status'], 'pending', 'what is not on record is not shown');
  assert.deepEqual(await readdir(agent.folder.outputs), []);
  const health = (await agent.get('/health')).body;
  assert.deepEqual([health['status'], health['persistence_healthy']], ['degraded', false]);
};

const assertGoesOn = async (agent: Agent, id: string): Promise<void> => {
  assert.equal((await agent.get('/health')).body['status'], 'ok');
  const approved = await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  assert.equal(approved.status, 200, approved.text);
  assert.equal((await agent.until(id, isOver))['status'], 'completed');
  assert.equal(await readFile(join(agent.folder.outputs, 'x.txt'), 'utf8'), 'text');
  await agent.assertChainValid();
};

test('while the log cannot be written no task starts and no file is written, and health says so', async (t) => {
  const full = await fillDisk(t, 'FULL_LOG');
  await assertNothingHappens(full, 'log_unavailable');
  const { problem } = (await full.agent.get('/health')).body['audit'] as { problem: string };
  assert.match(problem, /agent-audit\.jsonl.*cannot be written/);
  await rm(full.sign);
  // Nobody knows what reached the file: only a start, which looks, may write again.
  await assertNothingHappens(full, 'log_unavailable');
  await full.agent.stop();
  await assertGoesOn(await startAgentIn(t, full.agent.folder, FULL_DISK), full.id);
});

test('while the store cannot be written no task starts and no file is written, and health says so', async (t) => {
  const full = await fillDisk(t, 'FULL_STORE');
  await assertNothingHappens(full, 'store_unavailable');
  await full.agent.stop();
  await rm(full.sign);
  await assertGoesOn(await startAgentIn(t, full.agent.folder, FULL_DISK), full.id);
});
