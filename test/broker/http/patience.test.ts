import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import type { TaskService, TaskView } from '../../../core/broker/task/task-service.ts';
import { type AgentOverSocket, startAgent, UI_TOKEN } from './agent-over-socket.ts';
import { makeMemoryTasks, makeTask } from './memory-tasks.ts';

const open = async (agent: AgentOverSocket, bytes = ''): Promise<Socket> => {
  const socket = connect({ path: agent.path });
  socket.on('error', () => {});
  await once(socket, 'connect');
  if (bytes !== '') socket.write(bytes);
  return socket;
};

const post = (path: string, length: number): string =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${UI_TOKEN}\r\n` +
  `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

const endOf = async (socket: Socket): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

test('idle clients, slow bodies and a submission that waits delay no other request', async () => {
  const service: TaskService = {
    ...makeMemoryTasks(),
    submit: () => Promise.withResolvers<TaskView>().promise,
    cancel: async () => makeTask({ status: 'cancelled' }, []),
  };
  await using agent = await startAgent({ service, timing: { closeMs: 50 } });
  const idle = await Promise.all(Array.from({ length: 50 }, () => open(agent)));
  const slow = await Promise.all(
    Array.from({ length: 5 }, () => open(agent, `${post('/v1/task', 100)}{"intent":`)),
  );
  const waiting = await open(agent, `${post('/v1/task', 14)}{"intent":"x"}`);

  const started = performance.now();
  assert.equal((await agent.call({ path: '/health' })).status, 200);
  assert.equal((await agent.call({ path: '/v1/tasks' })).status, 200);
  const cancel = { method: 'POST', path: '/v1/task/0123456789abcdef/cancel', json: {} };
  assert.equal((await agent.call(cancel)).json.status, 'cancelled');
  assert.ok(performance.now() - started < 2000);
  for (const socket of [...idle, ...slow, waiting]) {
    assert.ok(!socket.destroyed && socket.readable);
    socket.destroy();
  }
});

test('a burst of 300 clients is served without one refusal', async () => {
  await using agent = await startAgent();
  const calls = Array.from({ length: 300 }, () => agent.call({ path: '/v1/modes' }));
  assert.ok((await Promise.all(calls)).every(({ status }) => status === 200));
});

test('head and body in two writes get their answer, also where it is 401, 404 or a cancel', async () => {
  await using agent = await startAgent();
  const paths = ['/v1/task', '/v1/nothing', '/v1/task/0123456789abcdef/cancel'];
  for (const path of paths)
    for (const token of [UI_TOKEN, 'wrong-token-0123456789']) {
      const head = post(path, 14)
        .replace(UI_TOKEN, token)
        .replace('Host', 'Connection: close\r\nHost');
      const socket = await open(agent, head);
      let early = false;
      const seen = (): void => {
        early = true;
      };
      socket.once('readable', seen);
      await agent.call({ path: '/health' });
      assert.equal(early, false, `${path} was answered before its body`);
      socket.off('readable', seen);
      socket.write('{"intent":"x"}');
      assert.match(await endOf(socket), /^HTTP\/1\.1 (201|401|404) /);
    }
});

test('a slow head, a slow body and silence end in 408 as JSON', async () => {
  const timing = { headersMs: 150, requestMs: 300, checkMs: 50 };
  await using agent = await startAgent({ timing });
  const beginnings = ['', 'GET /health HTTP/1.1\r\nHo', `${post('/v1/task', 100)}{"int`];
  for (const beginning of beginnings) {
    const text = await endOf(await open(agent, beginning));
    assert.match(text, /^HTTP\/1\.1 408 /, beginning);
    assert.equal(JSON.parse(text.split('\r\n\r\n')[1] ?? '').code, 'request_timeout');
  }
});

test('a client that sends without end is cut off after a bounded number of bytes', async () => {
  await using agent = await startAgent();
  const socket = await open(agent, post('/v1/task', 1_000_000_000));
  const block = Buffer.alloc(65_536, 'a');
  const pour = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', pour);
  pour();
  const text = await endOf(socket).catch(() => '');
  // The answer may be lost to the reset that ends the flood; the bound may not.
  if (text !== '') assert.match(text, /^HTTP\/1\.1 413 /);
  assert.ok(socket.bytesWritten < 64 * 1024 * 1024);
  assert.equal((await agent.call({ path: '/health' })).status, 200);
});

test('bytes that are no HTTP never get an answer in the place of a whole request before them', async () => {
  const asked = Promise.withResolvers<void>();
  const submit = (): Promise<TaskView> => {
    asked.resolve();
    return Promise.withResolvers<TaskView>().promise;
  };
  await using agent = await startAgent({ service: { ...makeMemoryTasks(), submit } });
  const socket = await open(agent, `${post('/v1/task', 14)}{"intent":"x"}`);
  await asked.promise;
  socket.write('NONSENSE\r\n\r\n');
  assert.equal(await endOf(socket), '');
});

test('two pipelined requests are each authenticated by their own header', async () => {
  await using agent = await startAgent();
  const first = `GET /v1/modes HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${UI_TOKEN}\r\n\r\n`;
  const second = 'GET /v1/modes HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
  const statuses = (await agent.raw(first + second)).match(/HTTP\/1\.1 \d+/g);
  assert.deepEqual(statuses, ['HTTP/1.1 200', 'HTTP/1.1 401']);
});

test('closing ends idle connections at once and others after their grace', async () => {
  const agent = await startAgent({ timing: { closeMs: 100 } });
  const sockets = [await open(agent), await open(agent, `${post('/v1/task', 100)}{`)];
  const ends = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  await agent[Symbol.asyncDispose]();
  await Promise.all(ends);
});
