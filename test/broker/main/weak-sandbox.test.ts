import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOver, launch, SERVE, startAgentIn, step } from '../../harness/agent.ts';
import { makeAgentFolder } from '../../harness/agent-folder.ts';

const WEAK = [SERVE, 'serve', '--allow-weak-sandbox'];

test('--allow-weak-sandbox outside of development is a refusal to start', async (t) => {
  const folder = await makeAgentFolder(t);
  const { child, said, exited } = launch(folder, WEAK);
  await exited;
  assert.equal(child.exitCode, 1);
  assert.match(said(), /`SECAI_ALLOW_WEAK_SANDBOX=1` works only together with `SECAI_DEV_MODE=1`/);
});

test('a weak start says so in /health, in the log, in every task and in every result', async (t) => {
  const folder = await makeAgentFolder(t, {
    documents: { 'a.md': 'A text about locks.\n' },
    env: { SECAI_DEV_MODE: '1' },
  });
  const agent = await startAgentIn(t, folder, WEAK);
  assert.equal((await agent.get('/health')).body['sandbox'], 'weak');
  const submitted = await agent.submit('summarize user_docs/a.md');
  assert.equal(submitted['sandbox'], 'weak');
  const id = String(submitted['task_id']);
  const task = await agent.until(id, isOver);
  assert.equal(task['status'], 'completed', JSON.stringify(task));
  assert.equal(task['sandbox'], 'weak');
  const stepId = String(step(task, 'summarize')['step_id']);
  const result = await agent.get(`/v1/task/${id}/steps/${stepId}/result`);
  assert.equal(result.body['sandbox'], 'weak');
  const { tasks } = (await agent.get('/v1/tasks')).body;
  assert.equal(Object(tasks)[0].sandbox, 'weak');
  assert.ok((await agent.audit()).some(({ event }) => event === 'weak_sandbox'));
  assert.match(agent.said(), /WEAK SANDBOX/);
});
