import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isJsonObject, type JsonObject } from '../../../core/vocabulary/json.ts';
import { launch } from '../../harness/agent.ts';
import { type AgentFolder, makeAgentFolder } from '../../harness/agent-folder.ts';
import { secaiAgent } from '../../harness/cli.ts';

const HOST = '127.0.0.1';
const PORT = 8476;

const portIsTaken = async (): Promise<boolean> => {
  const probe = createServer();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  probe.once('error', () => resolve(true));
  probe.listen(PORT, HOST, () => probe.close(() => resolve(false)));
  return promise;
};
const skip = (await portIsTaken()) ? `port ${PORT} of this machine is taken` : false;

const ask = async (
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<{ readonly status: number; readonly body: JsonObject }> => {
  const sent = request({
    host: HOST,
    port: PORT,
    path,
    agent: false,
    method: body === undefined ? 'GET' : 'POST',
    headers: { host: `${HOST}:${PORT}`, 'content-type': 'application/json', ...headers },
  });
  sent.end(body);
  const [reply] = await once(sent, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk);
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  assert.ok(isJsonObject(value));
  return { status: reply.statusCode, body: value };
};

/** An environment that has folders to write in, and none of the five files. */
const bare = async (t: TestContext): Promise<AgentFolder> => {
  const folder = await makeAgentFolder(t);
  const { AUDIT_LOG_PATH = '', AGENT_TASK_STATE_PATH = '' } = folder.env;
  const nowhere = join(folder.root, 'nowhere');
  await mkdir(nowhere);
  return {
    ...folder,
    env: {
      AUDIT_LOG_PATH,
      AGENT_TASK_STATE_PATH,
      AGENT_POLICY_PATH: join(nowhere, 'agent.yaml'),
      SERVICE_TOKEN_PATH: join(nowhere, 'agent.token'),
      BIND_ADDR: `${HOST}:${PORT}`,
    },
  };
};

const start = async (
  t: TestContext,
  folder: AgentFolder,
  env: Readonly<Record<string, string>>,
): Promise<() => string> => {
  const { child, said, exited } = launch({ ...folder, env: { ...folder.env, ...env } });
  t.after(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  const deadline = Date.now() + 30_000;
  while ((await ask('/health').catch(() => undefined)) === undefined) {
    assert.equal(child.exitCode, null, said());
    assert.ok(Date.now() < deadline, said());
    await pause(20);
  }
  return said;
};

test('development mode starts without any of the five files, and says so in the log and in /health', {
  skip,
}, async (t) => {
  const said = await start(t, await bare(t), { SECAI_DEV_MODE: '1' });
  const { status, body } = await ask('/health');
  assert.equal(status, 200);
  assert.equal(body['development_mode'], true);
  const warnings = said()
    .split('\n')
    .filter((line) => line.includes('DEVELOPMENT MODE'));
  for (const variable of [
    'AGENT_SIGNING_KEY_PATH',
    'AUDIT_HMAC_KEY_PATH',
    'AGENT_POLICY_PATH',
    'SERVICE_TOKEN_PATH',
  ]) {
    const naming = warnings.filter((line) => line.includes(variable));
    assert.ok(naming.length > 0, `nothing is said of ${variable}:\n${said()}`);
    for (const line of naming) assert.equal(JSON.parse(line).level, 50, 'it is said as an error');
  }
  // Development mode is no open door: without a token nobody comes in.
  const modes = await ask('/v1/modes');
  assert.equal(modes.status, 503);
  assert.equal(modes.body['error'], 'service authentication unavailable');
});

test('on loopback a foreign Host, any Origin and a cross-site fetch are 403, whatever the path', {
  skip,
}, async (t) => {
  await start(t, await bare(t), { SECAI_DEV_MODE: '1', SECAI_ALLOW_INSECURE_NO_AUTH: '1' });
  assert.equal((await ask('/v1/modes')).status, 200, 'no token is asked for');
  assert.equal((await ask('/v1/modes', { host: `localhost:${PORT}` })).status, 200);
  for (const path of ['/health', '/v1/modes', '/v1/nothing']) {
    for (const headers of [
      { host: 'evil.example' },
      { host: `evil.example:${PORT}` },
      { host: HOST },
      { host: `${HOST}:1` },
      { origin: 'http://evil.example' },
      { origin: `http://${HOST}:${PORT}` },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const reply = await ask(path, headers);
      assert.equal(reply.status, 403, JSON.stringify(headers));
      assert.equal(reply.body['code'], 'forbidden_origin');
    }
  }
  // No policy file means no scope: a task can be stated and touches nothing.
  const task = await ask('/v1/task', {}, JSON.stringify({ intent: 'read user_docs/a.md' }));
  assert.ok([201, 422].includes(task.status), JSON.stringify(task.body));
  if (task.status === 201) assert.equal(task.body['status'], 'failed');
});

test('a token that is there counts in development mode too', { skip }, async (t) => {
  const folder = await makeAgentFolder(t);
  const { BIND_ADDR: _, ...env } = folder.env;
  await start(
    t,
    { ...folder, env: { ...env, BIND_ADDR: `${HOST}:${PORT}` } },
    {
      SECAI_DEV_MODE: '1',
      SECAI_ALLOW_INSECURE_NO_AUTH: '1',
    },
  );
  assert.equal((await ask('/v1/modes')).status, 401);
  const bearer = { authorization: `Bearer ${folder.token}` };
  assert.equal((await ask('/v1/modes', bearer)).status, 200);
  const { code, err } = await secaiAgent(['task', 'list'], {
    env: {
      BIND_ADDR: `${HOST}:${PORT}`,
      AGENT_UI_TOKEN_PATH: folder.env['AGENT_UI_TOKEN_PATH'] ?? '',
    },
  });
  assert.equal(code, 0, `the command line reaches it too: ${err}`);
});

for (const [name, env] of [
  ['SECAI_ALLOW_INSECURE_NO_AUTH', { SECAI_ALLOW_INSECURE_NO_AUTH: '1' }],
  ['SECAI_ALLOW_MISSING_AGENT_POLICY', { SECAI_ALLOW_MISSING_AGENT_POLICY: '1' }],
  ['SECAI_ALLOW_EPHEMERAL_AGENT_KEYS', { SECAI_ALLOW_EPHEMERAL_AGENT_KEYS: '1' }],
  ['BIND_ADDR', { BIND_ADDR: `${HOST}:${PORT}` }],
] as const) {
  test(`${name} that asks for development without SECAI_DEV_MODE is a refusal to start`, async (t) => {
    const folder = await makeAgentFolder(t);
    const { child, said, exited } = launch({ ...folder, env: { ...folder.env, ...env } });
    t.after(() => child.kill('SIGKILL'));
    await exited;
    assert.equal(child.exitCode, 1);
    assert.ok(said().includes(name) && said().includes('SECAI_DEV_MODE=1'), said());
    assert.equal(existsSync(folder.socket), false);
  });
}
