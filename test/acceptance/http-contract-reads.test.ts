import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isJsonObject, type JsonObject } from '../../core/vocabulary/json.ts';
import { isOver, startAgent, step } from '../harness/agent.ts';
import { call } from '../harness/call.ts';
import { assertRefused, assertSafe, assertTask } from '../harness/contract.ts';

const agent = await startAgent(
  { after },
  { documents: { 'a.md': 'Backups run every night. Restores are tested.\n' } },
);
const { socket, token } = agent.folder;
const UNKNOWN = '0123456789abcdef';

const tasksOf = (body: JsonObject): readonly JsonObject[] => {
  const { tasks } = body;
  assert.ok(Array.isArray(tasks));
  return tasks.filter(isJsonObject);
};

test('http.contract: GET /health needs no token and has the fields of section 2.1', async () => {
  const reply = await call(socket, '/health');
  assert.equal(reply.status, 200);
  assertSafe(reply);
  const { service, active_tasks, total_tasks, containment_frozen } = reply.body;
  assert.equal(service, 'agent');
  assert.deepEqual([active_tasks, total_tasks, containment_frozen], [0, 0, false]);
  assert.equal(reply.body['persistence_healthy'], true);
  assert.equal(reply.body['policy_current'], true);
  assert.equal(reply.body['status'], 'ok');
});

test('http.contract: GET /v1/modes lists the four modes in the order and with the names of section 2.2', async () => {
  const reply = await agent.get('/v1/modes');
  assert.equal(reply.status, 200);
  assertSafe(reply);
  const { modes } = reply.body;
  assert.ok(Array.isArray(modes));
  const rows = modes.filter(isJsonObject);
  assert.deepEqual(
    rows.map(({ id, name }) => [id, name]),
    [
      ['offline_only', 'Offline Only'],
      ['standard', 'Standard / Autopilot'],
      ['online_assisted', 'Online Assisted'],
      ['sensitive', 'Sensitive Session'],
    ],
  );
  assert.ok(rows.every(({ description }) => typeof description === 'string'));
});

test('http.contract: GET /v1/task/:id answers the task, by its id in any percent-encoding', async () => {
  const submitted = await agent.submit('summarize user_docs/a.md');
  const id = String(submitted['task_id']);
  const done = await agent.until(id, isOver);
  assertTask(done);
  assert.equal(done['status'], 'completed');
  assert.equal(typeof done['completed_at'], 'number');
  const encoded = [...id].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('');
  assert.deepEqual((await agent.get(`/v1/task/${encoded}`)).body, done);
  assertSafe(await agent.get(`/v1/task/${id}`));
});

test('http.contract: ids of no task are 404 in JSON, nothing is normalised', async () => {
  const ids = [UNKNOWN, UNKNOWN.toUpperCase(), '.', '..', '%2e%2e', 'a%3Ab', '%00', '%zz', '%ff'];
  for (const id of [...ids, 'x'.repeat(4000), '__proto__']) {
    assertRefused(await agent.get(`/v1/task/${id}`), 404, 'task not found', 'task_not_found');
  }
});

test('http.contract: the whole result has its own route, with label, digest and size', async () => {
  const submitted = await agent.submit('summarize user_docs/a.md');
  const id = String(submitted['task_id']);
  const done = await agent.until(id, isOver);
  const summary = String(step(done, 'summarize')['step_id']);
  const reply = await agent.get(`/v1/task/${id}/steps/${summary}/result`);
  assert.equal(reply.status, 200, reply.text);
  assertSafe(reply);
  assert.deepEqual(Object.keys(reply.body).sort(), [
    'bytes',
    'label',
    'output',
    'sha256',
    'step_id',
    'task_id',
  ]);
  assert.deepEqual([reply.body['task_id'], reply.body['step_id']], [id, summary]);
  assert.match(String(reply.body['sha256']), /^[0-9a-f]{64}$/);

  const of = (task: string, name: string) => agent.get(`/v1/task/${task}/steps/${name}/result`);
  assertRefused(await of(UNKNOWN, summary), 404, 'task not found', 'task_not_found');
  for (const name of ['0123456789ab', '..', 'x']) {
    assertRefused(await of(id, name), 404, 'step not found', 'step_not_found');
  }
  const asking = await agent.submit("save 'text' to outputs/x.txt");
  const pending = String(step(asking, 'write_file')['step_id']);
  assertRefused(
    await of(String(asking['task_id']), pending),
    404,
    'step has no result',
    'step_not_found',
  );
});

test('http.contract: GET /v1/tasks lists newest first, its limit read as Python reads an int', async () => {
  const first = await agent.submit("save 'one' to outputs/1.txt");
  const second = await agent.submit("save 'two' to outputs/2.txt");
  const all = await agent.get('/v1/tasks');
  assert.equal(all.status, 200);
  assertSafe(all);
  const ids = tasksOf(all.body).map((task) => task['task_id']);
  assert.deepEqual(ids.slice(0, 2), [second['task_id'], first['task_id']]);
  for (const task of tasksOf(all.body)) assertTask(task);

  for (const [query, count] of [
    ['?limit=1', 1],
    ['?limit=+1', 1],
    ['?limit=%2B1', 1],
    ['?limit=%20%E3%80%8002', 2],
    ['?limit=1&limit=2', 1],
    ['?limit=99999999999999999999', ids.length],
    ['?other=1', ids.length],
  ] as const) {
    const reply = await agent.get(`/v1/tasks${query}`);
    assert.equal(tasksOf(reply.body).length, count, query);
  }
  for (const bad of ['', '0', '-1', '1.5', '1e2', '0x10', '%EF%BB%BF1', 'ten']) {
    const reply = await agent.get(`/v1/tasks?limit=${bad}`);
    assertRefused(reply, 400, 'invalid limit', 'invalid_request');
  }
});

test('http.contract: HEAD answers as GET without the body, and says the same length', async () => {
  for (const path of ['/health', '/v1/modes', '/v1/tasks']) {
    const head = await call(socket, path, { token, method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.text, '');
    assert.equal(head.headers['x-content-type-options'], 'nosniff');
    if (path !== '/v1/modes') continue;
    const whole = await agent.get(path);
    assert.equal(head.headers['content-length'], String(Buffer.byteLength(whole.text)));
  }
});
