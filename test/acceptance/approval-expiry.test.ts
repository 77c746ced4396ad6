import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { isOver, startAgent, step } from '../harness/agent.ts';

test('approval.expiry: a write that nobody answers becomes a denied step, on record, at no cost', async (t) => {
  const agent = await startAgent(t, { policy: 'approval_ttl_seconds: 1\n' });
  const task = await agent.submit("save 'text' to outputs/x.txt");
  const id = String(task['task_id']);
  assert.equal(task['status'], 'pending_approval');
  const over = await agent.until(id, isOver);
  const write = step(over, 'write_file');
  assert.equal(write['status'], 'denied');
  assert.equal(write['error'], 'approval expired');
  assert.equal(write['code'], 'approval_expired');

  const late = await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  assert.equal(late.status, 409);
  assert.deepEqual(await readdir(agent.folder.outputs), []);
  const records = await agent.audit();
  assert.ok(records.some(({ event }) => event === 'approval_expired'));
  assert.ok(
    !records.some(({ event }) => event === 'step_started'),
    'no second of the wall budget ran',
  );
  await agent.assertChainValid();
});
