import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { test } from 'node:test';
import { HOSTILE, isOver, startAgent, startAgentIn, step } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { call } from '../harness/call.ts';
import { assertRefused } from '../harness/contract.ts';

test('http.contract: a changed policy file degrades health at once, stops submissions and approvals', async (t) => {
  const agent = await startAgent(t);
  const task = await agent.submit("save 'text' to outputs/x.txt");
  const id = String(task['task_id']);
  await appendFile(agent.folder.policyFile, '# a comment\n');

  const health = await call(agent.folder.socket, '/health');
  assert.equal(health.status, 200);
  assert.equal(health.body['status'], 'degraded');
  assert.equal(health.body['policy_current'], false);
  const submit = await agent.post('/v1/task', { intent: 'read user_docs/a.md' });
  const changed = 'agent policy is unavailable or changed; restart required';
  assertRefused(submit, 503, changed, 'policy_changed');
  const approve = await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  const mismatch = 'capability token invalid: capability policy binding mismatch';
  assertRefused(approve, 403, mismatch, 'capability_invalid');
  const after = (await agent.get(`/v1/task/${id}`)).body;
  assert.equal(after['status'], 'pending_approval');
  assert.equal(step(after, 'write_file')['status'], 'pending');
  // A person can still say no, and stop.
  const denied = await agent.post(`/v1/task/${id}/deny`, { deny_all: true });
  assert.equal(denied.body['status'], 'cancelled');
  await agent.assertChainValid();
});

test('http.contract: every body is read to its end before the answer, a refused one too', async (t) => {
  const agent = await startAgent(t);
  const { socket, token } = agent.folder;
  const id = String((await agent.submit("save 'text' to outputs/x.txt"))['task_id']);
  for (const [path, bearer, status] of [
    ['/v1/task', 'wrong-token-0123456789', 401],
    ['/v1/nothing', token, 404],
    [`/v1/task/${id}/cancel`, token, 200],
  ] as const) {
    const connection = connect(socket);
    const chunks: Buffer[] = [];
    connection.on('data', (chunk: Buffer) => chunks.push(chunk));
    const text = () => Buffer.concat(chunks).toString('utf8');
    connection.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${bearer}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n',
    );
    // Two whole exchanges later the first half has long been read.
    await agent.get('/v1/modes');
    await agent.get('/v1/modes');
    assert.equal(text(), '', `${path} was answered before its body`);
    const closed = new Promise((resolve) => connection.on('close', resolve));
    connection.write('{}');
    await closed;
    assert.match(text(), new RegExp(`^HTTP/1\\.1 ${status} `));
  }
});

test('http.contract: the fifth task waits its turn, only a full queue is 429 with Retry-After', async (t) => {
  const folder = await makeAgentFolder(t, {
    documents: { 'never.md': 'never\n' },
  });
  const agent = await startAgentIn(t, folder, HOSTILE);
  const asking = String((await agent.submit("save 'text' to outputs/x.txt"))['task_id']);
  // Four steps that never settle hold the four slots, 1024 tasks wait behind them.
  const ids: string[] = [];
  const submitSome = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      ids.push(String((await agent.submit('summarize user_docs/never.md'))['task_id']));
    }
  };
  await Promise.all(Array.from({ length: 4 }, () => submitSome((4 + 1024) / 4)));
  const full = await agent.post('/v1/task', { intent: 'summarize user_docs/never.md' });
  const text = 'agent execution capacity reached; resubmit later';
  assertRefused(full, 429, text, 'capacity');
  assert.equal(full.body['retryable'], true);
  assert.match(String(full.headers['retry-after']), /^[1-9]\d*$/);
  const approve = await agent.post(`/v1/task/${asking}/approve`, { approve_all: true });
  assertRefused(
    approve,
    429,
    'agent execution capacity reached; resubmit the task later',
    'capacity',
  );
  assert.match(String(approve.headers['retry-after']), /^[1-9]\d*$/);
  assert.equal((await agent.get(`/v1/task/${asking}`)).body['status'], 'pending_approval');
  const asks = await agent.get('/v1/tasks?limit=1');
  assert.equal(asks.status, 200, 'a full queue stops no read');
  assert.equal(isOver((await agent.get(`/v1/task/${ids[500]}`)).body), false);
});
