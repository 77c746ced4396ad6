import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { isJsonObject, type JsonObject } from '../../core/vocabulary/json.ts';
import { policyFrom, SHIPPED, shippedAt } from '../broker/policy/shipped-policy.ts';
import { type Agent, asksNow, isOver, startAgentIn, step } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';

/** A daemon under the predecessor's file, its two folders moved to where a test may write. */
const startShipped = async (t: TestContext): Promise<Agent> => {
  const folder = await makeAgentFolder(t, { documents: { 'a.md': 'Backups run every night.\n' } });
  await writeFile(folder.policyFile, shippedAt(folder.documents, folder.outputs));
  return startAgentIn(t, folder);
};

const capabilityOf = (task: JsonObject): JsonObject => {
  const { capability } = task;
  assert.ok(capability !== undefined && isJsonObject(capability));
  return capability;
};

test('policy.shipped: the daemon starts with the file as it was shipped, byte for byte', async (t) => {
  const folder = await makeAgentFolder(t);
  await writeFile(folder.policyFile, SHIPPED);
  const agent = await startAgentIn(t, folder);
  const health = await agent.get('/health');
  assert.equal(health.body['status'], 'ok', health.text);
  const task = await agent.submit('summarize user_docs/a.md');
  assert.deepEqual(capabilityOf(task)['budget_limits'], policyFrom(SHIPPED).budgets.standard);
});

test('policy.shipped: each mode has the budgets, the ceiling and the lifetime that the file gives it', async (t) => {
  const agent = await startShipped(t);
  const { budgets, defaultMode } = policyFrom(SHIPPED);
  for (const [mode, ceiling, approval] of [
    ['offline_only', 'medium', 900],
    ['standard', 'medium', 900],
    ['online_assisted', 'medium', 900],
    ['sensitive', 'high', 120],
  ] as const) {
    const task = await agent.submit('read user_docs/a.md', { mode, workspace: ['user_docs'] });
    const capability = capabilityOf(task);
    assert.deepEqual(capability['budget_limits'], budgets[mode]);
    assert.equal(capability['sensitivity_ceiling'], ceiling);
    const lifetime = Number(capability['expires_at']) - Number(capability['issued_at']);
    assert.ok(Math.abs(lifetime - budgets[mode].max_wall_clock_seconds - approval) < 0.01, mode);
    assert.equal(step(task, 'read_file')['status'], 'pending', 'read_file asks by default');
  }
  const unnamed = await agent.submit('read user_docs/a.md');
  assert.equal(unnamed['mode'], defaultMode);
  const eleven = Array.from({ length: 11 }, (_, index) => `user_docs/${index}.md`);
  const more = await agent.post('/v1/task', {
    intent: `read ${eleven.join(' and ')}`,
    mode: 'sensitive',
    workspace: ['user_docs'],
  });
  assert.equal(more.status, 422, 'sensitive tasks have ten steps');
});

test('policy.shipped: its scopes and defaults decide, and its logging keeps paths out of the log', async (t) => {
  const agent = await startShipped(t);
  const decisionOf = async (intent: string, action: string): Promise<unknown> => {
    const { params } = step(await agent.submit(intent), action);
    assert.ok(params !== undefined && isJsonObject(params));
    return params['_policy_decision'];
  };
  assert.equal(await decisionOf('summarize user_docs/a.md', 'summarize'), 'allow');
  assert.equal(await decisionOf('read user_docs/a.md', 'read_file'), 'ask');
  assert.equal(await decisionOf("save 'x' to outputs/x.txt", 'write_file'), 'ask');
  assert.equal(await decisionOf("save 'x' to user_docs/x.txt", 'write_file'), 'deny');
  assert.equal(await decisionOf('read outputs/x.txt', 'read_file'), 'deny');

  const task = await agent.submit("save 'x' to outputs/named-only-here.txt");
  const id = String(task['task_id']);
  assert.ok(asksNow(task));
  await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  assert.equal((await agent.until(id, isOver))['status'], 'completed');
  const records = JSON.stringify(await agent.audit());
  assert.ok(records.includes('step_started') || records.includes('step_completed'), records);
  assert.ok(!records.includes('named-only-here'), 'log_file_paths is false');
  await agent.assertChainValid();
});
