import assert from 'node:assert/strict';
import { rename, stat, writeFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { startAgent } from '../harness/agent.ts';
import { call, type Reply } from '../harness/call.ts';
import { assertRefused, assertSafe, exchangeBytes } from '../harness/contract.ts';

const agent = await startAgent({ after }, { documents: { 'a.md': 'Backups run every night.\n' } });
const { socket, token, containmentToken } = agent.folder;
const FREEZE_PATHS = ['/api/v1/freeze', '/v1/containment/freeze'];
const FREEZE = { action: 'freeze', incident_id: 'INC-20300101-101010-0001', reason: 'test' };

const ROUTES: readonly (readonly [method: string, path: string])[] = [
  ['POST', '/v1/task'],
  ['GET', '/v1/task/0123456789abcdef'],
  ['POST', '/v1/task/0123456789abcdef/approve'],
  ['POST', '/v1/task/0123456789abcdef/deny'],
  ['POST', '/v1/task/0123456789abcdef/cancel'],
  ['GET', '/v1/task/0123456789abcdef/steps/0123456789ab/result'],
  ['GET', '/v1/tasks'],
  ['GET', '/v1/modes'],
];

test('http.contract: the socket has mode 0660 and /health answers the status line 200 OK', async () => {
  assert.equal((await stat(socket)).mode & 0o777, 0o660);
  const bytes = 'GET /health HTTP/1.1\r\nHost: unix\r\nConnection: close\r\n\r\n';
  assert.match(await exchangeBytes(socket, bytes), /^HTTP\/1\.1 200 OK\r\n/);
});

test('http.contract: every route below /v1 is 401 without its own token, unknown paths and methods too', async () => {
  const odd = [
    ['GET', '/v1/nothing'],
    ['PUT', '/v1/task'],
    ['OPTIONS', '/v1/task'],
    ['GET', '/%76%31/modes'],
    ['GET', '/v1%2fmodes'],
    ['GET', '/api/v1/other'],
  ] as const;
  for (const [method, path] of [...ROUTES, ...odd]) {
    for (const wrong of [undefined, 'wrong-token-0123456789', containmentToken]) {
      const reply = await call(socket, path, {
        method,
        ...(wrong === undefined ? {} : { token: wrong }),
        ...(method === 'POST' ? { body: { approve_all: true } } : {}),
      });
      assertRefused(reply, 401, 'unauthorized', 'unauthorized');
    }
  }
});

test('http.contract: a bearer counts trimmed and in ASCII only', async () => {
  const bearing = (authorization: string): Promise<Reply> =>
    call(socket, '/v1/modes', { headers: { authorization } });
  assert.equal((await bearing(`Bearer   ${token}  `)).status, 200);
  for (const value of [`bearer ${token}`, `Basic ${token}`, token, `Bearer ${token}é`, 'Bearer ']) {
    assertRefused(await bearing(value), 401, 'unauthorized', 'unauthorized');
  }
});

test('http.contract: both freeze paths take the containment token alone and answer 503', async () => {
  for (const path of FREEZE_PATHS) {
    const frozen = await call(socket, path, { token: containmentToken, body: FREEZE });
    const text = 'containment not available';
    assertRefused(frozen, 503, text, 'containment_unavailable');
    const wrong = await call(socket, path, { token, body: FREEZE });
    assertRefused(wrong, 401, 'unauthorized', 'unauthorized');
    const got = await call(socket, path, { token: containmentToken });
    assertRefused(got, 405, 'method not allowed', 'method_not_allowed');
    assert.equal(got.headers['allow'], 'POST, OPTIONS');
  }
  assert.equal((await agent.get('/health')).body['containment_frozen'], false);
});

test('http.contract: the token file is read at each request: gone is 503, another token counts at once', async () => {
  const file = agent.folder.env['AGENT_UI_TOKEN_PATH'] ?? '';
  const aside = `${file}.aside`;
  await rename(file, aside);
  for (const [method, path] of ROUTES) {
    const reply = await call(socket, path, { method, token });
    const text = 'service authentication unavailable';
    assertRefused(reply, 503, text, 'auth_unavailable');
  }
  assert.equal((await call(socket, '/health')).status, 200);
  await writeFile(file, 'another-token-0123456789\n', { mode: 0o600 });
  assert.equal((await agent.get('/v1/modes')).status, 401);
  const rotated = { token: 'another-token-0123456789' };
  assert.equal((await call(socket, '/v1/modes', rotated)).status, 200);
  await rename(aside, file);
  assert.equal((await agent.get('/v1/modes')).status, 200);
});

test('http.contract: a wrong method is 405 with Allow, OPTIONS says the methods, on every route', async () => {
  for (const [method, path] of [...ROUTES, ['GET', '/health'] as const]) {
    const allow = method === 'GET' ? 'GET, HEAD, OPTIONS' : 'POST, OPTIONS';
    for (const other of ['PUT', 'DELETE', 'PATCH', method === 'GET' ? 'POST' : 'GET']) {
      const reply = await call(socket, path, { token, method: other });
      assertRefused(reply, 405, 'method not allowed', 'method_not_allowed');
      assert.equal(reply.headers['allow'], allow, `${other} ${path}`);
    }
    const options = await call(socket, path, { token, method: 'OPTIONS' });
    assert.equal(options.status, 204);
    assert.equal(options.headers['allow'], allow);
    assertSafe(options);
  }
});

test('http.contract: unknown paths and trailing slashes are 404 in JSON', async () => {
  // `/v1/task/` could be a task without an id; it is 404 too, in the words of that route.
  const paths = ROUTES.slice(1).map(([, path]) => `${path}/`);
  for (const path of [...paths, '/', '/v1', '/v2/tasks', '//v1/modes', '/V1/modes', '/health/']) {
    assertRefused(await call(socket, path, { token }), 404, 'not found', 'not_found');
  }
  for (const method of ['GET', 'POST']) {
    assert.equal((await call(socket, '/v1/task/', { token, method })).status, 404);
  }
});

test('http.contract: a body over 64 KiB is 413 on every route that takes one', async () => {
  const body = 'x'.repeat(65_537);
  const text = 'request body too large (max 65536 bytes)';
  for (const [method, path] of ROUTES) {
    if (method !== 'POST') continue;
    assertRefused(await call(socket, path, { token, body }), 413, text, 'body_too_large');
  }
  for (const path of FREEZE_PATHS) {
    const reply = await call(socket, path, { token: containmentToken, body });
    assertRefused(reply, 413, text, 'body_too_large');
  }
  const full = JSON.stringify({ intent: 'read user_docs/a.md' }).padEnd(65_536);
  assert.equal((await call(socket, '/v1/task', { token, body: full })).status, 201);
});

test('http.contract: a request that a web page sends is 403 on every route', async () => {
  const headers = { origin: 'http://localhost' };
  for (const [method, path] of [...ROUTES, ['GET', '/health'] as const]) {
    const reply = await call(socket, path, { token, method, headers });
    assertRefused(reply, 403, 'host or origin not allowed', 'forbidden_origin');
  }
});

test('http.contract: bytes that are no HTTP are answered in JSON with all headers', async () => {
  for (const [bytes, status] of [
    ['NONSENSE\r\n\r\n', 400],
    [`GET /health HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ['GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['CONNECT example.org:443 HTTP/1.1\r\nHost: a\r\n\r\n', 405],
  ] as const) {
    const [head = '', body = ''] = (await exchangeBytes(socket, bytes)).split('\r\n\r\n');
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.match(head, /^x-content-type-options: nosniff\r?$/im);
    assert.match(head, /^cache-control: no-store\r?$/im);
    assert.equal(typeof JSON.parse(body).error, 'string');
  }
});
