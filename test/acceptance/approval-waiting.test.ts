import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { asksNow, isOver, startAgent, step, steps } from '../harness/agent.ts';

const DOCUMENTS = {
  'a.md': 'Alpha notes say that backups matter.\n',
  'b.md': 'Beta notes say that restores matter too.\n',
};

test('approval.waiting: allowed steps run, approved ones wait for the last answer, and nothing locks up', async (t) => {
  const agent = await startAgent(t, { documents: DOCUMENTS });
  // A search and a summary that policy allows, a read that can be asked at once, and a write that cannot
  // be asked before the summary exists.
  const task = await agent.submit(
    'summarize user_docs/a.md and save it to outputs/a.md and read user_docs/b.md',
  );
  const id = String(task['task_id']);
  const status = (of: typeof task, action: string) => step(of, action)['status'];
  const both = await agent.until(
    id,
    (now) => steps(now).filter((each) => asksNow({ steps: [each] })).length === 2,
  );
  assert.equal(status(both, 'summarize'), 'completed', 'the allowed step ran while the task waits');
  assert.equal(both['status'], 'pending_approval');

  const read = String(step(both, 'read_file')['step_id']);
  const half = await agent.post(`/v1/task/${id}/approve`, { step_ids: [read] });
  assert.equal(half.status, 200, half.text);
  assert.equal(half.body['status'], 'pending_approval');
  const records = await agent.audit();
  const started = records.filter(({ event }) => event === 'step_started');
  assert.equal(started.length, 1, 'only the allowed step has started');

  const write = String(step(both, 'write_file')['step_id']);
  await agent.post(`/v1/task/${id}/approve`, { step_ids: [write] });
  const done = await agent.until(id, isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done));
  assert.deepEqual(await readdir(agent.folder.outputs), ['a.md']);
  await agent.assertChainValid();
});

test('approval.waiting: a step whose inputs do not exist yet answers 409 inputs not ready, retryable', async (t) => {
  const agent = await startAgent(t, { documents: DOCUMENTS });
  const task = await agent.submit('read user_docs/a.md and save it to outputs/a.md');
  const id = String(task['task_id']);
  const write = String(step(task, 'write_file')['step_id']);
  const early = await agent.post(`/v1/task/${id}/approve`, { step_ids: [write] });
  assert.equal(early.status, 409);
  assert.equal(early.body['error'], 'inputs not ready');
  assert.equal(early.body['retryable'], true);

  await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  await agent.until(id, asksNow);
  const answer = await agent.post(`/v1/task/${id}/approve`, { step_ids: [write] });
  assert.equal(answer.status, 200, answer.text);
  assert.equal((await agent.until(id, isOver))['status'], 'completed');
});
