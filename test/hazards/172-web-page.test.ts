import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { startAgent } from '../broker/http/agent-over-socket.ts';

// Attack 172: a web page in the user's browser posts to 127.0.0.1, or reads from it under a name of its own
// by DNS rebinding. The effect to prevent is a task, so the tests look at what the task service was asked,
// even where the page had the token. No step runs here, so the audit record and the next task of a step are
// asserted where steps run; that a later honest request is served is asserted below.

const freePort = async (): Promise<number> => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
  });
  return promise;
};

const SUBMIT = { method: 'POST', path: '/v1/task', json: { intent: 'read user_docs/a.txt' } };

test('over loopback TCP no page gets through: foreign Host, any Origin, Origin null, cross-site fetch', async () => {
  const port = await freePort();
  const address = { kind: 'tcp', host: '127.0.0.1', port } as const;
  await using agent = await startAgent({ address });
  const own = `127.0.0.1:${port}`;
  const pages: readonly Record<string, string>[] = [
    { host: `attacker.example:${port}` },
    { host: 'attacker.example' },
    { host: '127.0.0.1' },
    { host: `127.0.0.1.attacker.example:${port}` },
    { host: `${own}@attacker.example` },
    { host: own, origin: 'https://attacker.example' },
    { host: own, origin: 'null' },
    { host: own, origin: `http://${own}` },
    { host: own, 'sec-fetch-site': 'cross-site' },
    { host: own, 'sec-fetch-site': 'same-site' },
    { host: own, upgrade: 'websocket', connection: 'upgrade', origin: 'https://attacker.example' },
  ];
  for (const headers of pages) {
    const answer = await agent.call({ ...SUBMIT, headers });
    assert.equal(answer.status, 403, JSON.stringify(headers));
    assert.equal(answer.json.code, 'forbidden_origin');
    assert.equal((await agent.call({ path: '/health', headers })).status, 403);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  }
  assert.deepEqual(agent.tasks.submitted, []);
  for (const host of [own, `localhost:${port}`])
    assert.equal((await agent.call({ ...SUBMIT, headers: { host } })).status, 201);
});

test('a preflight is refused and allows nothing', async () => {
  const port = await freePort();
  await using agent = await startAgent({ address: { kind: 'tcp', host: '127.0.0.1', port } });
  const headers = {
    host: `127.0.0.1:${port}`,
    origin: 'https://attacker.example',
    'access-control-request-method': 'POST',
  };
  const answer = await agent.call({ method: 'OPTIONS', path: '/v1/task', token: null, headers });
  assert.equal(answer.status, 403);
  assert.equal(answer.headers['access-control-allow-methods'], undefined);
});

test('a form or a plain text, which need no preflight, submit nothing even with the token', async () => {
  await using agent = await startAgent();
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
    assert.equal((await agent.call({ ...SUBMIT, type })).status, 400);
  assert.deepEqual(agent.tasks.submitted, []);
});

test('over the Unix socket the Host is free and an Origin is refused', async () => {
  await using agent = await startAgent();
  for (const host of ['localhost', 'unix', 'anything'])
    assert.equal((await agent.call({ ...SUBMIT, headers: { host } })).status, 201);
  const count = agent.tasks.submitted.length;
  const proxied = await agent.call({ ...SUBMIT, headers: { origin: 'http://127.0.0.1:8480' } });
  assert.equal(proxied.status, 403);
  assert.equal(agent.tasks.submitted.length, count);
});
