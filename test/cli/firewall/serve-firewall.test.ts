import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';

const MAIN = join(PACKAGE_ROOT, 'dist/core/cli/main.js');
const TOKEN = '0123456789abcdef0123456789abcdef';
const POLICY = `version: 1
defaults:
  logging: { store_raw_prompts: false }
airlock: { enabled: false, allowed_methods: [GET] }
tools:
  default: deny
  rate_limit: { requests_per_minute: 6000, burst_size: 1000 }
  allow:
    - name: filesystem.read
      args: [{ name: path, type: string, required: true, max_length: 4096 }]
      paths_allowlist: [/vault/user_docs/**]
      paths_denylist: [/etc/shadow]
    - name: note
      args: [{ name: count, type: integer }, { name: secret_word, type: string }]
  deny: [{ name: shell.exec }]
`;

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

let folder: string;
let policyFile: string;
let tokenFile: string;
let auditFile: string;
let child: ChildProcess;
let port: number;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-firewall-'));
  policyFile = join(folder, 'policy.yaml');
  tokenFile = join(folder, 'token');
  auditFile = join(folder, 'audit.jsonl');
  await writeFile(policyFile, POLICY, { mode: 0o600 });
  await writeFile(tokenFile, `${TOKEN}\n`, { mode: 0o600 });
  await mkdir(join(folder, 'root/vault/user_docs'), { recursive: true });
  await mkdir(join(folder, 'root/etc'));
  await writeFile(join(folder, 'root/etc/shadow'), '');
  await symlink('/etc/shadow', join(folder, 'root/vault/user_docs/link'));
  await symlink('/vault/user_docs', join(folder, 'root/vault/also'));
  child = spawn(process.execPath, [MAIN, ...serveArguments()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.ok(child.stdout);
  const [line] = await once(child.stdout, 'data');
  const found = /127\.0\.0\.1:(\d+)/.exec(String(line));
  assert.ok(found, String(line));
  port = Number(found[1]);
});

after(async () => {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
  await rm(folder, { recursive: true });
});

const serveArguments = (overrides: Record<string, string> = {}): readonly string[] => {
  const options = {
    '--policy': policyFile,
    '--token-file': tokenFile,
    '--listen': '127.0.0.1:0',
    '--root': join(folder, 'root'),
    '--audit': auditFile,
    ...overrides,
  };
  return ['firewall', 'serve', ...Object.entries(options).flat()];
};

const send = (
  path: string,
  {
    method = 'POST',
    token = TOKEN,
    body = '',
  }: { method?: string; token?: string; body?: string } = {},
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          type: incoming.headers['content-type'] ?? '',
          text: Buffer.concat(chunks).toString('utf8').trimEnd(),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const evaluate = async (body: string): Promise<[number, string]> => {
  const { status, text } = await send('/v1/evaluate', { body });
  return [status, text];
};
const read = (path: string): Promise<[number, string]> =>
  evaluate(JSON.stringify({ tool: 'filesystem.read', params: { path } }));

test('firewall serve answers with the contract’s statuses and texts', async () => {
  const forbidden = [403, '{"error":"forbidden: invalid service token"}'];
  for (const path of ['/v1/evaluate', '/v1/stats', '/v1/reload']) {
    for (const token of ['', 'wrong', `${TOKEN}x`]) {
      const { status, text } = await send(path, { token, method: 'GET' });
      assert.deepEqual([status, text], forbidden, path);
    }
  }
  const get = await send('/v1/evaluate', { method: 'GET' });
  assert.deepEqual([get.status, get.text], [405, 'method not allowed']);
  assert.match(get.type, /^text\/plain/);
  assert.deepEqual(await evaluate('{"tool":"a"} {}'), [400, 'invalid request body']);
  assert.deepEqual(await evaluate('{"tool":"a","bypass":1}'), [400, 'invalid request body']);
  assert.deepEqual(await evaluate('{"params":{},"args":{}}'), [
    400,
    'params and args cannot both be supplied',
  ]);
  assert.deepEqual(await evaluate(' '.repeat(65_537)), [413, 'request too large']);
  assert.deepEqual(await evaluate('null'), [200, '{"allowed":false,"reason":"invalid tool name"}']);
  assert.deepEqual(await evaluate('{"TOOL":"note","Args":{"count":1}}'), [200, '{"allowed":true}']);
  assert.deepEqual(await evaluate('{"tool":"note","params":{"count":1.0}}'), [
    200,
    '{"allowed":false,"reason":"argument \\"count\\" must have JSON type integer"}',
  ]);
  assert.equal((await send('/nowhere')).status, 404);
});

test('firewall serve looks paths up below --root', async () => {
  const denied = (reason: string) => [200, JSON.stringify({ allowed: false, reason })];
  assert.deepEqual(await read('/vault/user_docs/new.md'), [200, '{"allowed":true}']);
  assert.deepEqual(await read('/vault/also/new.md'), [200, '{"allowed":true}']);
  assert.deepEqual(await read('/vault/user_docs/link'), denied('path matches denylist'));
  assert.deepEqual(await read('/vault/user_docs/../x'), denied('path not in allowlist'));
});

test('firewall serve counts, and health needs no token', async () => {
  const stats = JSON.parse((await send('/v1/stats', { method: 'GET' })).text);
  assert.equal(stats.default_action, 'deny');
  assert.deepEqual([stats.allowed_tools, stats.denied_tools], [2, 1]);
  const health = await send('/health', { method: 'PUT', token: '' });
  assert.deepEqual(JSON.parse(health.text), {
    status: 'ok',
    total_requests: stats.total_requests,
    denied_requests: stats.denied_requests,
  });
});

test('firewall serve writes each verdict down, and no secret', async () => {
  await evaluate('{"tool":"note","params":{"secret_word":"sesame"}}');
  const lines = (await readFile(auditFile, 'utf8')).trimEnd().split('\n');
  const last = JSON.parse(lines.at(-1) ?? '');
  assert.match(last.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.deepEqual(
    { ...last, timestamp: '' },
    {
      timestamp: '',
      tool: 'note',
      params: { secret_word: '[redacted credential]' },
      allowed: true,
    },
  );
});

test('a reload reads the policy again, and one that is refused leaves the old one whole', async () => {
  assert.deepEqual(await evaluate('{"tool":"late"}'), [
    200,
    '{"allowed":false,"reason":"tool not in allowlist"}',
  ]);
  for (const broken of [
    POLICY.replace('max_length', 'max_lenght'),
    POLICY.replace('default: deny', 'default: allow'),
    `${POLICY}---\nversion: 1\n`,
    POLICY.replace('type: integer', 'type: integer, pattern: "[0-9]"'),
  ]) {
    await writeFile(policyFile, broken);
    const reply = await send('/v1/reload');
    assert.equal(reply.status, 500);
    assert.match(JSON.parse(reply.text).error, /policy\.yaml:\d+:\d+: /);
    assert.deepEqual(await read('/vault/user_docs/a'), [200, '{"allowed":true}']);
  }
  await writeFile(policyFile, POLICY.replace('- name: note', '- name: late'));
  await chmod(policyFile, 0o620);
  assert.equal((await send('/v1/reload')).status, 500, 'a file that others may write');
  await chmod(policyFile, 0o600);
  const { status, text } = await send('/v1/reload');
  assert.deepEqual([status, text], [200, '{"status":"reloaded"}']);
  assert.deepEqual(await evaluate('{"tool":"late"}'), [200, '{"allowed":true}']);
});

test('firewall serve refuses to start on a token, a policy or an address that it cannot trust', async () => {
  const short = join(folder, 'short');
  const open = join(folder, 'open');
  const link = join(folder, 'link');
  await writeFile(short, 'x'.repeat(31), { mode: 0o600 });
  await writeFile(open, TOKEN, { mode: 0o640 });
  await chmod(open, 0o640);
  await symlink(tokenFile, link);
  const cases: readonly (readonly [Record<string, string>, number, RegExp])[] = [
    [{ '--token-file': short }, 4, /does not have 32 to 4096 bytes/],
    [{ '--token-file': open }, 4, /open to others; run `chmod 0600`/],
    [{ '--token-file': link }, 4, /symbolic link/],
    [{ '--token-file': join(folder, 'none') }, 4, /does not exist/],
    [{ '--listen': '0.0.0.0:8475' }, 2, /not an address of this machine alone/],
    [{ '--listen': `127.0.0.1:${port}` }, 4, /cannot be used \(EADDRINUSE\)/],
  ];
  for (const [overrides, code, message] of cases) {
    const ended = spawnSync(process.execPath, [MAIN, ...serveArguments(overrides)], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    assert.equal(ended.status, code, ended.stderr);
    assert.match(ended.stderr, message);
  }
});
