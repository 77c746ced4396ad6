import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { AgentError } from '../../../core/vocabulary/errors.ts';
import {
  type AgentOverSocket,
  type Answer,
  CONTAINMENT_TOKEN,
  startAgent,
} from './agent-over-socket.ts';

let agent: AgentOverSocket;
before(async () => {
  agent = await startAgent();
});
after(() => agent[Symbol.asyncDispose]());

const SUBMIT = { method: 'POST', path: '/v1/task', json: { intent: ' read user_docs/a.txt\n' } };
const submitted = async (): Promise<string> => (await agent.call(SUBMIT)).json.task_id;

const assertRefusal = (answer: Answer, status: number, error: string, code: string): void => {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.json.error, error);
  assert.equal(answer.json.code, code);
  assert.equal(typeof answer.json.retryable, 'boolean');
  assertHeaders(answer);
};

const assertHeaders = ({ headers }: Answer): void => {
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['x-frame-options'], 'DENY');
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['referrer-policy'], 'no-referrer');
};

test('the socket file has mode 0660', async () => {
  assert.equal((await stat(agent.path)).mode & 0o777, 0o660);
});

test('/health answers 200 OK without a token, /v1/modes lists the four modes with one', async () => {
  const health = await agent.raw('GET /health HTTP/1.1\r\nHost: unix\r\nConnection: close\r\n\r\n');
  assert.match(health, /^HTTP\/1\.1 200 OK\r\n/);
  const modes = await agent.call({ path: '/v1/modes' });
  assert.equal(modes.status, 200);
  assertHeaders(modes);
  assert.deepEqual(
    modes.json.modes.map((mode: { id: string; name: string }) => [mode.id, mode.name]),
    [
      ['offline_only', 'Offline Only'],
      ['standard', 'Standard / Autopilot'],
      ['online_assisted', 'Online Assisted'],
      ['sensitive', 'Sensitive Session'],
    ],
  );
});

test('a submission is answered 201 with the task, its intent trimmed', async () => {
  const answer = await agent.call(SUBMIT);
  assert.equal(answer.status, 201);
  assert.match(answer.json.task_id, /^[0-9a-f]{16}$/);
  assert.equal(answer.json.intent, 'read user_docs/a.txt');
  assert.deepEqual(Object.keys(answer.json).sort(), [
    'capability',
    'completed_at',
    'created_at',
    'intent',
    'mode',
    'status',
    'steps',
    'task_id',
  ]);
});

test('a task is read, approved, denied and cancelled by its id', async () => {
  const id = await submitted();
  assert.equal((await agent.call({ path: `/v1/task/${id}` })).json.task_id, id);
  const post = (what: string, json: object): Promise<Answer> =>
    agent.call({ method: 'POST', path: `/v1/task/${id}/${what}`, json });
  assert.equal((await post('approve', { approve_all: true })).json.status, 'running');
  assert.equal((await post('deny', { step_ids: ['a'] })).json.status, 'cancelled');
  assert.deepEqual(agent.tasks.selections.slice(-2), [
    { kind: 'all' },
    { kind: 'steps', steps: ['a'] },
  ]);
  const cancel = await agent.call({
    method: 'POST',
    path: `/v1/task/${id}/cancel`,
    body: 'no json',
  });
  assert.equal(cancel.status, 200);
});

test('unknown tasks, odd ids and trailing slashes are 404 in JSON', async () => {
  const ids = ['0123456789abcdef', '.', '..', '%2e%2e', 'a%3Ab', '%zz', '%ff', 'x'.repeat(300)];
  for (const id of ids)
    assertRefusal(
      await agent.call({ path: `/v1/task/${id}` }),
      404,
      'task not found',
      'task_not_found',
    );
  for (const path of ['/v1/modes/', '/v1', '/', '/nothing', '//v1/modes', '/V1/modes'])
    assertRefusal(await agent.call({ path }), 404, 'not found', 'not_found');
  for (const method of ['GET', 'POST'])
    assert.equal((await agent.call({ method, path: '/v1/task/' })).status, 404);
});

test('an empty approval of an unknown task is 400, not 404', async () => {
  const path = '/v1/task/0123456789abcdef';
  const answer = await agent.call({ method: 'POST', path: `${path}/approve`, json: {} });
  assertRefusal(answer, 400, 'step_ids or approve_all=true is required', 'invalid_request');
  const named = await agent.call({
    method: 'POST',
    path: `${path}/deny`,
    json: { deny_all: true },
  });
  assertRefusal(named, 404, 'task not found', 'task_not_found');
});

test('below /v1 everything is 401 without the right token, before 404 and 405', async () => {
  const calls = [
    { path: '/v1/modes' },
    { path: '/v1/nothing' },
    { path: '/%76%31/modes' },
    { path: '/v1%2Fmodes' },
    { path: '/v1/task', method: 'PUT' },
    { path: '/v1/task', method: 'OPTIONS' },
    { path: '/api/v1/other' },
    { path: '/v1/task', method: 'POST', body: 'x'.repeat(70_000) },
  ];
  for (const call of calls)
    for (const token of [null, 'wrong-token-0123456789', CONTAINMENT_TOKEN])
      assertRefusal(await agent.call({ ...call, token }), 401, 'unauthorized', 'unauthorized');
});

test('a bearer is refused in another scheme, doubled, or with bytes beyond ASCII', async () => {
  const forms: Record<string, string | string[]>[] = [
    { authorization: 'Basic ui-token-0123456789abcdef' },
    { authorization: 'ui-token-0123456789abcdef' },
    { authorization: 'Bearer ui-token-0123456789abcdeé' },
    { Authorization: ['Bearer ui-token-0123456789abcdef', 'Bearer other'] },
  ];
  for (const headers of forms) {
    const answer = await agent.call({ path: '/v1/modes', token: null, headers });
    assert.equal(answer.status, 401, JSON.stringify(headers));
  }
  const spaced = { authorization: 'Bearer   ui-token-0123456789abcdef ' };
  assert.equal((await agent.call({ path: '/v1/modes', token: null, headers: spaced })).status, 200);
});

test('a token that cannot be read is 503 on its own routes only', async () => {
  agent.tokens.ui = { ok: false, absent: true };
  const answer = await agent.call({ path: '/v1/modes' });
  assertRefusal(answer, 503, 'service authentication unavailable', 'auth_unavailable');
  assert.equal((await agent.call({ path: '/health', token: null })).status, 200);
  const freeze = { method: 'POST', path: '/api/v1/freeze', token: CONTAINMENT_TOKEN, json: {} };
  assert.equal((await agent.call(freeze)).json.code, 'containment_unavailable');
  agent.tokens.ui = { ok: true, token: 'ui-token-0123456789abcdef' };
});

test('the freeze paths take the containment token alone and freeze nothing yet', async () => {
  for (const path of ['/api/v1/freeze', '/v1/containment/freeze', '/v1/containment%2ffreeze']) {
    const json = { action: 'freeze', incident_id: 'INC-20260801-101010-0001', reason: 'test' };
    const call = { method: 'POST', path, json };
    const answer = await agent.call({ ...call, token: CONTAINMENT_TOKEN });
    assertRefusal(answer, 503, 'containment not available', 'containment_unavailable');
    assertRefusal(await agent.call(call), 401, 'unauthorized', 'unauthorized');
  }
});

test('wrong methods are 405 with Allow, OPTIONS says the methods, HEAD is answered on GET routes', async () => {
  const wrong = await agent.call({ method: 'PUT', path: '/v1/task', json: {} });
  assertRefusal(wrong, 405, 'method not allowed', 'method_not_allowed');
  assert.equal(wrong.headers.allow, 'POST, OPTIONS');
  const head = await agent.call({ method: 'HEAD', path: '/v1/modes' });
  assert.deepEqual([head.status, head.text], [200, '']);
  assert.equal((await agent.call({ method: 'HEAD', path: '/v1/task' })).status, 405);
  const options = await agent.call({ method: 'OPTIONS', path: '/v1/tasks' });
  assert.equal(options.status, 204);
  assert.equal(options.headers.allow, 'GET, HEAD, OPTIONS');
  for (const method of ['DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY'])
    assert.equal((await agent.call({ method, path: '/v1/tasks' })).status, 405, method);
});

test('a body over 64 KiB is 413 after it was read, and the connection goes on', async () => {
  const big = { method: 'POST', path: '/v1/task', body: `{"intent":"${'a'.repeat(3_000_000)}"}` };
  const text = 'request body too large (max 65536 bytes)';
  assertRefusal(await agent.call(big), 413, text, 'body_too_large');
  assertRefusal(await agent.call({ ...big, path: '/v1/nothing' }), 404, 'not found', 'not_found');
  const full = { ...big, body: Buffer.from(JSON.stringify({ intent: 'x' }).padEnd(65_536)) };
  assert.equal((await agent.call(full)).status, 201);
  const over = { ...big, body: Buffer.from(JSON.stringify({ intent: 'x' }).padEnd(65_537)) };
  assert.equal((await agent.call(over)).status, 413);
});

test('bytes that are no HTTP get JSON: bad method, too long headers, CONNECT, missing or doubled Host', async () => {
  const cases: readonly (readonly [string, number])[] = [
    ['NONSENSE\r\n\r\n', 400],
    [`GET /health HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ['CONNECT example.org:443 HTTP/1.1\r\nHost: a\r\n\r\n', 405],
    ['GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
    ['GET /health HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nConnection: close\r\n\r\n', 200],
    ['GET /%zz?%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
    ['OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
    ['GET /health HTTP/1.0\r\n\r\n', 200],
  ];
  for (const [bytes, status] of cases) {
    const [head, body] = (await agent.raw(bytes)).split('\r\n\r\n');
    assert.match(head ?? '', new RegExp(`^HTTP/1\\.1 ${status} `), bytes.slice(0, 60));
    assert.match(head ?? '', /x-content-type-options: nosniff/i);
    assert.match(head ?? '', /cache-control: no-store/i);
    if (status >= 400) assert.equal(typeof JSON.parse(body ?? '').error, 'string');
  }
});

test('an unforeseen error is 500 without its text, and its text is not logged', async () => {
  agent.tasks.fail = new Error('SECRET /var/lib/secret');
  const answer = await agent.call(SUBMIT);
  agent.tasks.fail = undefined;
  assertRefusal(answer, 500, 'internal error', 'internal');
  assert.ok(!answer.text.includes('SECRET'));
  assert.match(JSON.stringify(agent.logged.at(-1)), /request failed/);
  assert.ok(!JSON.stringify(agent.logged).includes('SECRET'));
});

test('a full queue is 429 with Retry-After, and details stand beside the refusal', async () => {
  const details = { task_id: 'abc', code: 'not this' };
  agent.tasks.fail = new AgentError({ code: 'capacity', message: 'full', details });
  const answer = await agent.call(SUBMIT);
  agent.tasks.fail = undefined;
  assertRefusal(answer, 429, 'full', 'capacity');
  assert.equal(answer.headers['retry-after'], '5');
  assert.equal(answer.json.task_id, 'abc');
  assert.equal(answer.json.retryable, true);
});

test('a whole result is served at its own route, 404 where there is none', async () => {
  agent.tasks.steps = [{ result: { text: 'a'.repeat(100_000) } }, {}];
  const task = (await agent.call(SUBMIT)).json;
  agent.tasks.steps = [{}];
  const [first, second] = task.steps;
  const path = `/v1/task/${task.task_id}/steps`;
  assert.match(
    first.result.text,
    /… \[cut: 100000 characters; whole at \/v1\/task\/[0-9a-f]{16}\//,
  );
  const whole = await agent.call({ path: `${path}/${first.step_id}/result` });
  assert.equal(whole.json.output.text.length, 100_000);
  assert.ok(first.result.text.includes(`${path}/${first.step_id}/result`));
  const none = await agent.call({ path: `${path}/${second.step_id}/result` });
  assertRefusal(none, 404, 'step has no result', 'step_not_found');
  const unknown = await agent.call({ path: `${path}/0123456789ab/result` });
  assertRefusal(unknown, 404, 'step not found', 'step_not_found');
});
