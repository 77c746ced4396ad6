import assert from 'node:assert/strict';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isOver, launch, startAgent, startAgentIn, step } from '../../harness/agent.ts';
import { makeAgentFolder } from '../../harness/agent-folder.ts';

const idOf = (task: { readonly task_id?: unknown }): string => String(task.task_id);

test('a question that ran out while the agent was stopped is denied as expired at the next start', async (t) => {
  const agent = await startAgent(t, { policy: 'approval_ttl_seconds: 1\n' });
  const id = idOf(await agent.submit("save 'text' to outputs/x.txt"));
  await agent.stop();
  await pause(1100);
  const later = await startAgentIn(t, agent.folder);
  const over = await later.until(id, isOver);
  assert.equal(step(over, 'write_file')['code'], 'approval_expired');
  assert.ok((await later.audit()).some(({ event }) => event === 'approval_expired'));
});

test('a task that waits over a change of the policy file keeps its question, and nobody can say yes to it', async (t) => {
  const agent = await startAgent(t);
  const id = idOf(await agent.submit("save 'text' to outputs/x.txt"));
  await agent.stop();
  await appendFile(agent.folder.policyFile, '# changed\n');
  const later = await startAgentIn(t, agent.folder);
  assert.equal((await later.get('/health')).body['status'], 'ok');
  const answer = await later.post(`/v1/task/${id}/approve`, { approve_all: true });
  assert.equal(answer.status, 403, answer.text);
  const text = 'capability token invalid: capability policy binding mismatch';
  assert.equal(answer.body['error'], text);
  assert.equal((await later.get(`/v1/task/${id}`)).body['status'], 'pending_approval');
  const rejected = (await later.audit()).find(({ event }) => event === 'approval_rejected');
  const reason = 'capability policy binding mismatch';
  assert.deepEqual(rejected?.['data'], { task_id: id, reason });
  await later.assertChainValid();
});

test('no question stands longer than the grant that it would be answered under', async (t) => {
  const agent = await startAgent(t, {
    documents: { 'a.md': 'Backups run every night.\n' },
    policy: `approval_ttl_seconds: 3
budgets:
  standard: { max_steps: 9, max_tool_calls: 9, max_tokens: 9, max_wall_clock_seconds: 1, max_files_touched: 9, max_output_bytes: 9000 }
`,
  });
  const id = idOf(await agent.submit('read user_docs/a.md and save it to outputs/a.md'));
  await pause(1500);
  await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  const write = (task: Parameters<typeof step>[0]) =>
    step(task, 'write_file')['params'] as { readonly _approval_expires_at?: number };
  const asking = await agent.until(id, (task) => write(task)._approval_expires_at !== undefined);
  const { expires_at } = asking['capability'] as { readonly expires_at: number };
  assert.ok((write(asking)._approval_expires_at ?? 0) <= expires_at);
  const over = await agent.until(id, isOver);
  assert.equal(step(over, 'write_file')['code'], 'approval_expired');
});

test('a task file of the predecessor is left as it is, and the log says so', async (t) => {
  const folder = await makeAgentFolder(t);
  const legacy = join(folder.stateFolder, 'tasks.json');
  const text = '{"version":1,"tasks":[{"task_id":"0123456789abcdef"}]}\n';
  await writeFile(legacy, text, { mode: 0o660 });
  const agent = await startAgentIn(t, folder);
  assert.equal((await agent.get('/health')).body['total_tasks'], 0);
  await agent.submit("save 'text' to outputs/x.txt");
  await agent.stop();
  assert.equal(await readFile(legacy, 'utf8'), text);
  assert.match(agent.said(), /tasks\.json.*tasks of an earlier version are left untouched/);
});

test('the agent starts and works without the tokens of its peers', async (t) => {
  const folder = await makeAgentFolder(t, { documents: { 'a.md': 'Backups run every night.\n' } });
  const peers = ['AIRLOCK', 'TOOL_FIREWALL', 'REGISTRY'].map((peer): [string, string] => [
    `${peer}_TOKEN_PATH`,
    join(folder.root, 'credentials', `${peer}.token`),
  ]);
  const env = { ...folder.env, ...Object.fromEntries(peers) };
  const agent = await startAgentIn(t, { ...folder, env });
  assert.equal((await agent.get('/health')).body['status'], 'ok');
  const id = idOf(await agent.submit('summarize user_docs/a.md'));
  assert.equal((await agent.until(id, isOver))['status'], 'completed');
});

test('without its store an agent over an old log knows no task, and one whose log was rolled back does not start', async (t) => {
  const agent = await startAgent(t);
  await agent.submit("save 'text' to outputs/x.txt");
  await agent.stop();
  const { auditLog, stateFolder } = agent.folder;
  const [log, checkpoint] = [auditLog, `${auditLog}.checkpoint`];
  await rm(log);
  await rm(checkpoint);

  const { child, said, exited } = launch(agent.folder);
  t.after(() => child.kill('SIGKILL'));
  await exited;
  assert.equal(child.exitCode, 1, said());
  assert.match(said(), /names audit entry \d+, but the log ends at/);
  await rm(stateFolder, { recursive: true });
  const fresh = await startAgentIn(t, agent.folder);
  assert.equal((await fresh.get('/health')).body['total_tasks'], 0);
});
