import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../../core/broker/main/config.ts';

const refuses = (env: Record<string, string>, ...words: readonly RegExp[]): void => {
  assert.throws(
    () => readConfig(env),
    (error: unknown) => {
      const { code, message, remedy } = error as { code: string; message: string; remedy: string };
      assert.equal(code, 'configuration');
      for (const word of words) assert.match(`${message}; ${remedy}`, word);
      return true;
    },
    JSON.stringify(env),
  );
};

test('an empty environment gives the defaults of the contract, production, and no secret', () => {
  const config = readConfig({});
  assert.deepEqual(config.address, { kind: 'unix', path: '/run/secure-ai/agent.sock' });
  assert.equal(config.policyPath, '/etc/secure-ai/policy/agent.yaml');
  assert.equal(config.auditLogPath, '/var/lib/secure-ai/logs/agent-audit.jsonl');
  assert.equal(config.taskDatabasePath, '/var/lib/secure-ai/agent/tasks.db');
  assert.equal(config.taskHistoryLimit, 500);
  assert.equal(config.airlock.url, 'http://127.0.0.1:8490');
  assert.ok(Object.values(config.allow).every((allowed) => !allowed));
  for (const secret of [
    config.uiToken,
    config.containmentToken,
    config.signingKey,
    config.auditKey,
  ])
    assert.equal(secret, null);
});

test('TCP is 127.0.0.1:8476 in development mode only, and never another address', () => {
  const tcp = { SECAI_DEV_MODE: '1', BIND_ADDR: '127.0.0.1:8476' };
  assert.deepEqual(readConfig(tcp).address, { kind: 'tcp', host: '127.0.0.1', port: 8476 });
  refuses({ BIND_ADDR: '127.0.0.1:8476' }, /`BIND_ADDR`/, /`SECAI_DEV_MODE=1`/);
  const others = ['0.0.0.0:8476', 'localhost:8476', '[::1]:8476', ':8476', '127.0.0.1:80', '8476'];
  for (const BIND_ADDR of others) refuses({ SECAI_DEV_MODE: '1', BIND_ADDR }, /`BIND_ADDR`/);
});

test('a socket path is absolute, plain, in the file system and short enough for the kernel', () => {
  const address = readConfig({ BIND_ADDR: 'unix:/run/a/agent.sock' }).address;
  assert.deepEqual(address, { kind: 'unix', path: '/run/a/agent.sock' });
  const bad = [
    'unix:',
    'unix:agent.sock',
    'unix:\0abstract',
    'unix:/a/../b',
    'unix:/a//b',
    'unix:/a/',
    `unix:/${'a'.repeat(107)}`,
  ];
  for (const BIND_ADDR of bad) refuses({ BIND_ADDR }, /`BIND_ADDR`/);
});

test('each SECAI_ALLOW name alone is a refusal that says so; with development mode it works', () => {
  const names = {
    SECAI_ALLOW_INSECURE_NO_AUTH: 'insecureNoAuth',
    SECAI_ALLOW_MISSING_AGENT_POLICY: 'missingPolicy',
    SECAI_ALLOW_EPHEMERAL_AGENT_KEYS: 'ephemeralKeys',
    SECAI_ALLOW_WEAK_SANDBOX: 'weakSandbox',
  } as const;
  for (const [name, allowance] of Object.entries(names)) {
    refuses({ [name]: '1' }, new RegExp(`\`${name}=1\``), /`SECAI_DEV_MODE=1`/);
    assert.equal(readConfig({ [name]: '1', SECAI_DEV_MODE: '1' }).allow[allowance], true);
    assert.equal(readConfig({ [name]: '0' }).allow[allowance], false);
    assert.equal(readConfig({ SECAI_DEV_MODE: '1' }).allow[allowance], false);
  }
  refuses({ SECAI_DEV_MODE: 'true' }, /`SECAI_DEV_MODE`/, /set `1`/);
});

test('the shared token stands in for an unset variable on TCP or in the sandbox, and nowhere else', () => {
  const own = { AGENT_UI_TOKEN_PATH: '/run/ui' };
  assert.equal(readConfig({ ...own, SERVICE_TOKEN_PATH: '/run/t' }).containmentToken, null);
  const sandbox = { ...own, SECURE_AI_DEPLOYMENT_MODE: 'sandbox', SERVICE_TOKEN_PATH: '/run/t' };
  assert.deepEqual(readConfig(sandbox).uiToken, {
    variable: 'AGENT_UI_TOKEN_PATH',
    path: '/run/ui',
  });
  const shared = { variable: 'SERVICE_TOKEN_PATH', path: '/run/t' };
  assert.deepEqual(readConfig(sandbox).containmentToken, shared);
  const tcp = readConfig({ SECAI_DEV_MODE: '1', BIND_ADDR: '127.0.0.1:8476' });
  assert.equal(tcp.uiToken?.path, '/run/secure-ai/credentials/agent.token');
  assert.equal(tcp.signingKey, null);
});

test('numbers are clamped, and paths, numbers and addresses that are none are refused by name', () => {
  assert.equal(readConfig({ AGENT_TASK_HISTORY_LIMIT: '9999999' }).taskHistoryLimit, 5000);
  assert.equal(readConfig({ AGENT_FREEZE_DRAIN_TIMEOUT: '0' }).freezeDrainSeconds, 1);
  assert.equal(readConfig({ AGENT_TASK_STATE_PATH: '/s/t.json' }).taskDatabasePath, '/s/tasks.db');
  assert.equal(
    readConfig({ AGENT_POLICY_PATH: '' }).policyPath,
    '/etc/secure-ai/policy/agent.yaml',
  );
  assert.equal(
    readConfig({ AIRLOCK_URL: 'http://127.0.0.1:9490/' }).airlock.url,
    'http://127.0.0.1:9490',
  );
  refuses({ AGENT_TASK_HISTORY_LIMIT: '1e3' }, /`AGENT_TASK_HISTORY_LIMIT`/, /1 to 5000/);
  refuses({ AGENT_POLICY_PATH: 'agent.yaml' }, /`AGENT_POLICY_PATH`/, /absolute path/);
  for (const AIRLOCK_URL of [
    'ftp://127.0.0.1:1',
    'http://u:SECRET@127.0.0.1:1',
    'http://127.0.0.1:1/path',
    'http://127.0.0.1:1?b',
    'http://airlock:8490',
    '127.0.0.1:1',
  ]) {
    refuses({ AIRLOCK_URL }, /`AIRLOCK_URL`/);
    assert.throws(
      () => readConfig({ AIRLOCK_URL }),
      (error: unknown) => !String(error).includes('SECRET'),
    );
  }
});
