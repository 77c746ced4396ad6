import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { makeEmbeddedFirewall } from '../../../../core/broker/gateway/firewall/embedded-firewall.ts';
import type { FirewallRecord } from '../../../../core/broker/gateway/firewall/firewall-engine.ts';
import { parseFirewallPolicy } from '../../../../core/broker/gateway/firewall/policy/parse-firewall-policy.ts';
import { makeNameFactsPowers } from '../../../../core/broker/main/powers/name-facts.ts';
import { AgentError } from '../../../../core/vocabulary/errors.ts';
import type { JsonObject } from '../../../../core/vocabulary/json.ts';

const makeVault = async (t: TestContext): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'firewall-'));
  t.after(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'docs'));
  await writeFile(join(root, 'docs/a.md'), 'a');
  await writeFile(join(root, 'secret.txt'), 's');
  await symlink('../secret.txt', join(root, 'docs/way-out.md'));
  await symlink('nothing-here', join(root, 'docs/dangling.md'));
  return root;
};

const policyOf = (root: string, more = ''): ReturnType<typeof parseFirewallPolicy> =>
  parseFirewallPolicy(
    `version: 1
tools:
  default: deny
  allow:
    - name: filesystem.read
      args: [{ name: path, type: string, required: true }, { name: note, type: string, redact: true }]
      paths_allowlist: ['${root}/docs/**']
      paths_denylist: ['${root}/docs/private']
  deny: [{ name: shell.exec }]
${more}`,
    'policy.yaml',
  );

const open = async (t: TestContext, more = '') => {
  const root = await makeVault(t);
  const records: FirewallRecord[] = [];
  const log = { broken: false };
  const firewall = makeEmbeddedFirewall({
    look: makeNameFactsPowers(),
    elapsed: () => performance.now(),
    record: async (record) => {
      if (log.broken) throw new Error('disk full');
      records.push(record);
    },
    showPaths: false,
  });
  await firewall.load(policyOf(root, more));
  const ask = (tool: string, params: JsonObject) =>
    firewall.evaluate({ tool, params }, AbortSignal.timeout(10_000));
  return { root, records, log, firewall, ask };
};

const deniedFor = (reason: string | RegExp) => (verdict: unknown) => {
  assert.ok(verdict !== null && typeof verdict === 'object' && 'reason' in verdict);
  if (typeof reason === 'string') assert.equal(verdict.reason, reason);
  else assert.match(String(verdict.reason), reason);
};

test('the embedded firewall refuses every call until a policy is loaded', async () => {
  const firewall = makeEmbeddedFirewall({
    look: makeNameFactsPowers(),
    elapsed: () => 0,
    record: async () => {},
    showPaths: false,
  });
  assert.equal(firewall.status().ready, false);
  assert.deepEqual(
    await firewall.evaluate({ tool: 'a', params: {} }, AbortSignal.timeout(10_000)),
    {
      allowed: false,
      code: 'firewall_unavailable',
      reason: 'no policy is in force for this call',
    },
  );
});

test('the embedded firewall allows a path of the list, and what is not there yet below it', async (t) => {
  const { root, ask } = await open(t);
  for (const name of ['a.md', 'new.md', 'new/deep.md', 'dangling.md', './a.md', 'x/../a.md']) {
    assert.deepEqual(await ask('filesystem.read', { path: `${root}/docs/${name}` }), {
      allowed: true,
    });
  }
});

test('the embedded firewall follows links, decodes percent signs and cleans dots before it looks at its lists', async (t) => {
  const { root, ask } = await open(t);
  const refused: readonly (readonly [string, string])[] = [
    [`${root}/docs/way-out.md`, 'path not in allowlist'],
    [`${root}/docs/../secret.txt`, 'path not in allowlist'],
    [`${root}/docs/%2e%2e/secret.txt`, 'path not in allowlist'],
    [`${root}/docs/%252e%252e/secret.txt`, 'path not in allowlist'],
    [`${root}/docs/private/x`, 'path matches denylist'],
    [`${root}/documents`, 'path not in allowlist'],
    [`${root}/docs/a.md/b`, 'invalid path: cannot resolve path'],
    [`${root}/docs/100%`, 'invalid path: path contains invalid percent-encoding'],
    [`${root}/docs/%25252e`, 'invalid path: path is percent-encoded too deeply'],
    [`${root}/docs/a%00`, 'invalid path: path contains null byte'],
    [`${root}/docs/a\u2215b`, 'invalid path: path contains unicode path confusable'],
    [`${root}/docs/%ff`, 'invalid path: path contains unicode path confusable'],
    ['docs/a.md', 'invalid path: path must be absolute'],
    ['', 'path parameter must not be empty'],
  ];
  const more = `  rate_limit: { requests_per_minute: 1000, burst_size: 1000 }\n`;
  const generous = await open(t, more);
  await generous.firewall.load(policyOf(root, more));
  for (const [path, reason] of refused) {
    deniedFor(reason)(await generous.ask('filesystem.read', { path }));
  }
  deniedFor('required argument "path" is missing')(await ask('filesystem.read', {}));
});

test('a verdict is on record before it is given, without contents and names of files', async (t) => {
  const { root, ask, records, log } = await open(t);
  const params = { path: `${root}/docs/a.md`, note: 'between us' };
  assert.deepEqual(await ask('filesystem.read', params), { allowed: true });
  deniedFor('tool is explicitly denied')(await ask('shell.exec', { cmd: 'ls' }));
  assert.deepEqual(records, [
    {
      tool: 'filesystem.read',
      params: { path: '[path]', note: '[redacted credential]' },
      allowed: true,
    },
    {
      tool: 'shell.exec',
      params: { cmd: '[redacted len=2]' },
      allowed: false,
      reason: 'tool is explicitly denied',
    },
  ]);
  log.broken = true;
  assert.deepEqual(await ask('filesystem.read', params), {
    allowed: false,
    code: 'firewall_unavailable',
    reason: 'audit service unavailable',
  });
  deniedFor('tool not in allowlist')(await ask('other', {}));
});

test('a policy that the peer would refuse leaves the one before it in force', async (t) => {
  const { root, ask, firewall } = await open(t);
  const broken = policyOf(root);
  const twice = {
    ...broken,
    allow: [{ name: 'x', args: [{ name: 'path', type: 'array' } as const] }],
  };
  await assert.rejects(
    firewall.load(twice),
    (error) => error instanceof AgentError && error.code === 'firewall_unavailable',
  );
  assert.deepEqual(await ask('filesystem.read', { path: `${root}/docs/a.md` }), { allowed: true });
  assert.equal(firewall.status().ready, true);
});

test('a call that is stopped is refused', async (t) => {
  const { root, firewall } = await open(t);
  const call = { tool: 'filesystem.read', params: { path: `${root}/docs/a.md` } };
  const verdict = await firewall.evaluate(call, AbortSignal.abort());
  assert.equal(verdict.allowed, false);
});
