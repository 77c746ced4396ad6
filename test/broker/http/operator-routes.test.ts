import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bodyBytes } from '../../../core/broker/http/routes/operator-routes.ts';
import {
  type AgentOverSocket,
  CONTAINMENT_TOKEN,
  OPERATOR_TOKEN,
  startAgent,
  UI_TOKEN,
} from './agent-over-socket.ts';

let agent: AgentOverSocket;
before(async () => {
  agent = await startAgent();
});
after(() => agent[Symbol.asyncDispose]());

const PLUGINS = '/v1/operator/plugins';
const paths = [PLUGINS, '/v1/operator', '/v1/operator/', '/v1/operator/other', '/%761/operator/x'];

test("below /v1/operator the operator's token counts alone, and it counts nowhere else", async () => {
  for (const path of paths) {
    for (const token of [null, UI_TOKEN, CONTAINMENT_TOKEN, `${OPERATOR_TOKEN}x`]) {
      assert.equal((await agent.call({ path, token })).status, 401, `${path} ${token}`);
    }
  }
  assert.equal((await agent.call({ path: PLUGINS, token: OPERATOR_TOKEN })).status, 200);
  assert.equal((await agent.call({ path: '/v1/operator/x', token: OPERATOR_TOKEN })).status, 404);
  const put = await agent.call({ path: PLUGINS, method: 'PUT', token: OPERATOR_TOKEN });
  assert.deepEqual([put.status, put.headers.allow], [405, 'GET, HEAD, POST, OPTIONS']);
  for (const path of ['/v1/modes', '/v1/tasks', '/v1/operators', '/api/v1/operator/plugins']) {
    assert.equal((await agent.call({ path, token: OPERATOR_TOKEN })).status, 401, path);
  }
});

test('without a token of its own, or with that of another route, nobody is the operator', async () => {
  const own = agent.tokens.operator;
  for (const operator of [
    { ok: false, absent: true },
    { ok: true, token: UI_TOKEN },
    { ok: true, token: CONTAINMENT_TOKEN },
  ] as const) {
    agent.tokens.operator = operator;
    const token = operator.ok ? operator.token : UI_TOKEN;
    const answer = await agent.call({ path: PLUGINS, token });
    assert.deepEqual([answer.status, answer.json.code], [503, 'auth_unavailable']);
  }
  agent.tokens.operator = own;
});

test('development mode opens no operator route', async () => {
  await using open = await startAgent({
    auth: {
      tokens: {
        ui: () => ({ ok: false, absent: true }),
        containment: () => ({ ok: false, absent: true }),
        operator: () => ({ ok: false, absent: true }),
      },
      openWithoutToken: true,
    },
  });
  assert.equal((await open.call({ path: '/v1/modes', token: null })).status, 200);
  assert.equal((await open.call({ path: PLUGINS, token: null })).status, 503);
});

test('only an installation under the token may be larger than 64 KiB, and it ends at 4 MiB', async () => {
  const post = (path: string, token: string, size: number) =>
    agent.call({ method: 'POST', path, token, body: `{"files":[],"x":"${'x'.repeat(size)}"}` });
  const large = await post(PLUGINS, OPERATOR_TOKEN, 100_000);
  assert.deepEqual([large.status, large.json.error], [400, 'unknown field of an installation']);
  const tooLarge = await post(PLUGINS, OPERATOR_TOKEN, 4 * 1024 * 1024);
  assert.equal(tooLarge.status, 413);
  assert.match(tooLarge.json.error, /max 4194304 bytes/);
  assert.equal((await post(PLUGINS, UI_TOKEN, 100_000)).status, 401);
  for (const path of [`${PLUGINS}/x/enable`, `${PLUGINS}/x/revoke`]) {
    assert.equal((await post(path, OPERATOR_TOKEN, 100_000)).status, 413, path);
  }
  assert.equal((await post('/v1/task', UI_TOKEN, 100_000)).status, 413);
});

test('nobody without the token makes the agent keep more than 64 KiB of a body', () => {
  const token = (text: string) => () => ({ ok: true, token: text }) as const;
  const auth = {
    tokens: {
      ui: token(UI_TOKEN),
      containment: token(CONTAINMENT_TOKEN),
      operator: token(OPERATOR_TOKEN),
    },
    openWithoutToken: false,
  };
  const kept = (method: string, url: string, bearer: string): number =>
    bodyBytes(
      { method, url, raw: { headersDistinct: { authorization: [`Bearer ${bearer}`] } } },
      auth,
    );
  assert.equal(kept('POST', PLUGINS, OPERATOR_TOKEN), 4 * 1024 * 1024);
  assert.equal(kept('POST', PLUGINS, UI_TOKEN), 65_536);
  assert.equal(kept('PUT', PLUGINS, OPERATOR_TOKEN), 65_536);
  assert.equal(kept('POST', `${PLUGINS}/x/enable`, OPERATOR_TOKEN), 65_536);
});

test('an installation of doubled paths, second spellings of bytes or unknown fields is refused', async () => {
  const post = (path: string, json: object) =>
    agent.call({ method: 'POST', path, token: OPERATOR_TOKEN, json });
  const file = { path: 'plugin.js', base64: 'eA==' };
  for (const body of [
    {},
    { files: {} },
    { files: [file, file] },
    { files: [{ ...file, base64: 'eB==' }] },
    { files: [{ ...file, base64: 'eA' }] },
    { files: [{ ...file, mode: 7 }] },
    { files: [{ ...file, path: 7 }] },
    { files: [file], verdicts: ['x'] },
    { files: Array.from({ length: 300 }, (_, n) => ({ ...file, path: `docs/${n}` })) },
  ]) {
    assert.equal((await post(PLUGINS, body)).status, 400, JSON.stringify(body).slice(0, 80));
  }
  assert.equal((await post(PLUGINS, { files: [file] })).status, 404, 'handed on');
  for (const body of [{ approve: 'x' }, { version: '1' }, { version: 1 }, { force: true }]) {
    assert.equal((await post(`${PLUGINS}/x/enable`, body)).status, 400, JSON.stringify(body));
  }
});
