import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { startAgentIn, step, testAgent } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { call, type Reply } from '../harness/call.ts';

const BODY = JSON.stringify({ intent: "save 'text' to outputs/slow.txt" });

test('http.never_blocked: 50 idle clients, 5 slow bodies and a step that loops delay no health, read or cancel', async (t) => {
  const folder = await makeAgentFolder(t, {
    documents: { 'loop.md': 'loop\n' },
  });
  const agent = await startAgentIn(t, folder, testAgent('hostile'));
  const asking = String((await agent.submit("save 'text' to outputs/x.txt"))['task_id']);
  const looping = String((await agent.submit('summarize user_docs/loop.md'))['task_id']);

  const clients: Socket[] = [];
  t.after(() => {
    for (const client of clients) client.destroy();
  });
  const open = async (bytes: string): Promise<Socket> => {
    const client = connect(folder.socket);
    clients.push(client);
    await once(client, 'connect');
    if (bytes !== '') client.write(bytes);
    return client;
  };
  const slowHead =
    `POST /v1/task HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${folder.token}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n`;
  await Promise.all(Array.from({ length: 50 }, () => open('')));
  const slow = await Promise.all(
    Array.from({ length: 5 }, () => open(slowHead + BODY.slice(0, 9))),
  );
  const loops = async (): Promise<boolean> =>
    step((await agent.get(`/v1/task/${looping}`)).body, 'summarize')['status'] === 'running';
  await agent.untilRecorded('handle_call');

  const inTime = async (request: Promise<Reply>): Promise<Reply> => {
    const begun = performance.now();
    const reply = await request;
    const took = performance.now() - begun;
    assert.ok(took < 2000, `an answer took ${took} ms`);
    assert.equal(reply.status, 200, reply.text);
    return reply;
  };
  const replies = await Promise.all([
    inTime(call(folder.socket, '/health')),
    inTime(agent.get(`/v1/task/${asking}`)),
    inTime(agent.get('/v1/tasks')),
    inTime(agent.post(`/v1/task/${asking}/cancel`, {})),
  ]);
  assert.equal(replies.at(-1)?.body['status'], 'cancelled');
  assert.ok(await loops(), 'the step was still running when all had answered');
  assert.equal(clients.length, 55);
  assert.ok(clients.every((client) => client.readable && client.writable && !client.destroyed));

  // The step that loops can be cancelled too, and a slow body still counts once it is whole.
  const cancelled = await inTime(agent.post(`/v1/task/${looping}/cancel`, {}));
  assert.equal(cancelled.body['status'], 'cancelled');
  const [patient] = slow;
  assert.ok(patient);
  patient.write(BODY.slice(9));
  const [answer] = await once(patient, 'data');
  assert.match(String(answer), /^HTTP\/1\.1 201 /);
  await agent.assertChainValid();
});
