import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { asksNow, isOver, startAgentIn, step, testAgent } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';

// Attack 199: whoever can set the clock of the machine back would keep a question open for ever.

const TURNED_BACK = testAgent('turned-back');

test('a question expires in its time although the clock of the machine is set back by a day', async (t) => {
  const made = await makeAgentFolder(t, { policy: 'approval_ttl_seconds: 2\n' });
  const turn = join(made.root, 'turn-back');
  const folder = { ...made, env: { ...made.env, TURN_BACK: turn } };
  const agent = await startAgentIn(t, folder, TURNED_BACK);
  const submitted = await agent.submit("write 'text' to outputs/a.txt");
  const id = String(submitted['task_id']);
  await agent.until(id, asksNow);
  await writeFile(turn, '');
  const task = await agent.until(id, isOver, 10_000);
  assert.equal(step(task, 'write_file')['code'], 'approval_expired', JSON.stringify(task));
  const late = await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  assert.equal(late.status, 409, late.text);
  assert.ok((await agent.audit()).some(({ event }) => event === 'approval_expired'));

  const next = await agent.submit("write 'text' to outputs/b.txt");
  const nextId = String(next['task_id']);
  await agent.until(nextId, asksNow);
  await agent.post(`/v1/task/${nextId}/approve`, { approve_all: true });
  assert.equal((await agent.until(nextId, isOver))['status'], 'completed');
  await agent.assertChainValid();
});
