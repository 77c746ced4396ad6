import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { feedFirewall, firewallPolicyFor } from '../../core/broker/catalog/firewall-feed.ts';
import { loadShipped } from '../../core/broker/catalog/load-shipped.ts';
import { makeEmbeddedFirewall } from '../../core/broker/gateway/firewall/embedded-firewall.ts';
import type { FirewallGateway } from '../../core/broker/gateway/firewall/firewall-gateway.ts';
import { parseFirewallPolicy } from '../../core/broker/gateway/firewall/policy/parse-firewall-policy.ts';
import { toFirewallYaml } from '../../core/broker/gateway/firewall/policy/to-firewall-yaml.ts';
import { makeCatalogFilesPowers } from '../../core/broker/main/powers/catalog-files.ts';
import { makeNameFactsPowers } from '../../core/broker/main/powers/name-facts.ts';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import type { InstalledStep, Schema } from '../../core/vocabulary/manifest.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { SAMPLE_TOOLS, sampleTool } from '../harness/sample-tools.ts';
import { parsePeerPolicy } from './peer-policy-format.ts';

const run = promisify(execFile);

const open = async (
  t: TestContext,
  tools: readonly InstalledStep[],
): Promise<{ root: string; firewall: FirewallGateway }> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'feed-')));
  t.after(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'docs/private'), { recursive: true });
  await mkdir(join(root, 'out'));
  await writeFile(join(root, 'docs/a.md'), 'a');
  const firewall = makeEmbeddedFirewall({
    look: makeNameFactsPowers(),
    elapsed: () => performance.now(),
    record: async () => {},
    showPaths: false,
  });
  await firewall.load(
    firewallPolicyFor(
      tools,
      { readable: [join(root, 'docs'), join(root, 'out')], writable: [join(root, 'out')] },
      {
        blocked: [join(root, 'docs/private'), '/etc/shadow'],
        rateLimit: { requests_per_minute: 1_000, burst_size: 1_000 },
      },
    ),
  );
  return { root, firewall };
};

const ask = async (firewall: FirewallGateway, tool: string, params: JsonObject) => {
  const verdict = await firewall.evaluate({ tool, params }, AbortSignal.timeout(10_000));
  return verdict.allowed ? 'allowed' : verdict.reason;
};

test('firewall.feed: what `plugin firewall` prints for the shipped set parses strictly in the peer’s format', async () => {
  const policyFile = join(PACKAGE_ROOT, 'schemas/examples/agent.yaml');
  const { stdout } = await run(process.execPath, [
    join(PACKAGE_ROOT, 'dist/core/cli/main.js'),
    'plugin',
    'firewall',
    '--policy',
    policyFile,
  ]);
  const { tools } = parsePeerPolicy(stdout);
  assert.deepEqual(tools.rate_limit, { requests_per_minute: 120, burst_size: 20 });
  assert.deepEqual(
    tools.deny.map(({ name }) => name),
    ['filesystem.delete', 'network.fetch', 'process.spawn', 'shell.exec'],
  );
  const shipped = await loadShipped({ ...makeCatalogFilesPowers(), packageRoot: PACKAGE_ROOT });
  assert.deepEqual(
    tools.allow.map(({ name }) => name),
    shipped
      .filter(({ kind }) => kind === 'tool')
      .map(({ entry }) => entry)
      .sort(),
  );
});

test('firewall.feed: each field of a tool’s rules is what its manifest says', async () => {
  const { policy, withheld } = feedFirewall(
    SAMPLE_TOOLS,
    { readable: ['/vault/docs', '/vault/out'], writable: ['/vault/out'] },
    { blocked: ['/etc/shadow', '/vault/docs/private'] },
  );
  assert.deepEqual(withheld, []);
  const text = toFirewallYaml(policy);
  const { tools } = parsePeerPolicy(text);
  assert.deepEqual(tools.allow, [
    {
      name: 'filesystem.list',
      args: [{ name: 'path', type: 'string', required: true, max_length: 16_384 }],
      paths_allowlist: ['/vault/docs', '/vault/docs/**', '/vault/out', '/vault/out/**'],
      paths_denylist: ['/vault/docs/private'],
      max_arg_length: 16_384,
    },
    {
      name: 'filesystem.write',
      args: [
        { name: 'path', type: 'string', required: true, max_length: 16_384 },
        { name: 'content', type: 'string', required: true, max_length: 65_536, redact: true },
      ],
      paths_allowlist: ['/vault/out', '/vault/out/**'],
      max_arg_length: 65_536,
    },
    {
      name: 'hash.verify',
      args: [
        { name: 'path', type: 'string', required: true, max_length: 16_384 },
        { name: 'algorithm', type: 'string', pattern: '^(?:sha256|sha512)$' },
        {
          name: 'expected',
          type: 'string',
          required: true,
          max_length: 512,
          pattern: '^[0-9a-f]+$',
        },
        { name: 'times', type: 'integer' },
        { name: 'quick', type: 'boolean' },
        { name: 'tags', type: 'array', max_length: 4 },
      ],
      paths_allowlist: ['/vault/docs', '/vault/docs/**', '/vault/out', '/vault/out/**'],
      paths_denylist: ['/vault/docs/private'],
      max_arg_length: 16_384,
    },
    {
      name: 'text.diff',
      args: ['before', 'after'].map((name) => ({
        name,
        type: 'string',
        required: true,
        max_length: 16_384,
        pattern: String.raw`^(?:/vault/docs|/vault/out)(?:/(?:[^/.][^/]*|\.[^/.][^/]*|\.\.[^/]+))*$`,
      })),
      max_arg_length: 16_384,
    },
  ]);
  const read = parseFirewallPolicy(text, 'policy.yaml');
  assert.equal(JSON.stringify(read), JSON.stringify(policy));
  const scopes = { readable: ['/vault/docs', '/vault/out'], writable: ['/vault/out'] };
  const options = { blocked: ['/etc/shadow', '/vault/docs/private'] };
  const shuffled = feedFirewall(SAMPLE_TOOLS.toReversed(), scopes, options).policy;
  assert.equal(toFirewallYaml(shuffled), text, 'the order of the tools does not matter');
});

test('firewall.feed: calls that fit pass, and each of their mutations does not', async (t) => {
  const { root, firewall } = await open(t, SAMPLE_TOOLS);
  const file = `${root}/docs/a.md`;
  const hash = { path: file, expected: 'ab', algorithm: 'sha256', times: 3, tags: ['x'] };
  const fitting: readonly (readonly [string, JsonObject])[] = [
    ['filesystem.list', { path: `${root}/docs` }],
    ['filesystem.write', { path: `${root}/out/new.md`, content: '../ /etc/ & é'.repeat(9) }],
    ['hash.verify', hash],
    ['text.diff', { before: file, after: `${root}/out/b.md` }],
  ];
  for (const [tool, params] of fitting) assert.equal(await ask(firewall, tool, params), 'allowed');

  const mutated: readonly (readonly [string, JsonObject, RegExp])[] = [
    ['filesystem.list', { path: `${root}/docs/private/x` }, /denylist/],
    ['filesystem.list', { path: root }, /not in allowlist/],
    ['filesystem.list', {}, /is missing/],
    ['filesystem.write', { path: file, content: '' }, /not in allowlist/],
    ['filesystem.write', { path: `${root}/out/x`, content: 1 }, /JSON type string/],
    ['hash.verify', { ...hash, expected: 'ABC' }, /pattern/],
    ['hash.verify', { ...hash, algorithm: 'md5' }, /pattern/],
    ['hash.verify', { ...hash, times: 1.5 }, /JSON type integer/],
    ['hash.verify', { ...hash, tags: ['a', 'b', 'c', 'd', 'e'] }, /max_length 4/],
    ['hash.verify', { ...hash, quick: 'yes' }, /JSON type boolean/],
    ['hash.verify', { ...hash, more: true }, /not declared/],
    ['text.diff', { before: file, after: '/etc/passwd' }, /pattern/],
    ['text.diff', { before: file, after: `${root}/docs/../secret` }, /pattern/],
  ];
  for (const [tool, params, reason] of mutated) {
    assert.match(await ask(firewall, tool, params), reason);
  }
});

test('a tool that the peer could not hold is withheld with the mend, and takes no other with it', () => {
  const odd = [
    sampleTool('a.source', { source: { type: 'array', items: TEXT, minItems: 0, maxItems: 3 } }),
    sampleTool('b.target', { target: TEXT }),
    sampleTool('c.mixed', { mode: { enum: ['a', 1] } }),
    sampleTool('shell.exec', { note: TEXT }),
    sampleTool('z.fine', { note: TEXT }),
  ];
  const { policy, withheld } = feedFirewall(odd, { readable: [], writable: [] });
  assert.deepEqual(
    policy.allow.map(({ name }) => name),
    ['z.fine'],
  );
  assert.deepEqual(
    withheld.map(({ tool, findings }) => [tool, findings[0]?.pointer, findings[0]?.rule]),
    [
      ['a.source', '/tools/a.source/input/properties/source', 'firewall-path-name'],
      ['b.target', '/tools/b.target/input/properties/target', 'firewall-path-name'],
      ['c.mixed', '/tools/c.mixed/input/properties/mode', 'firewall-type'],
      ['shell.exec', '/tools/shell.exec', 'tool-denied'],
    ],
  );
  parsePeerPolicy(toFirewallYaml(policy));
});

test('a scope without a folder allows no path', async () => {
  const { policy } = feedFirewall(SAMPLE_TOOLS, { readable: [], writable: [] });
  const firewall = makeEmbeddedFirewall({
    look: makeNameFactsPowers(),
    elapsed: () => 0,
    record: async () => {},
    showPaths: false,
  });
  await firewall.load(policy);
  assert.match(await ask(firewall, 'filesystem.list', { path: '/tmp' }), /not in allowlist/);
  assert.match(await ask(firewall, 'text.diff', { before: '/a', after: '/b' }), /pattern/);
});

const TEXT: Schema = {
  type: 'string',
  minLength: 0,
  maxLength: 128,
  capability: null,
  redact: false,
  pattern: null,
};
