import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkManifest } from '../../../../core/broker/catalog/manifest/check-manifest.ts';
import { ENTRY_LIMITS } from '../../../../core/broker/catalog/manifest/limit-faults.ts';
import { LIMIT_BOUNDS } from '../../../../core/protocol/limits.ts';
import type { Finding, Manifest } from '../../../../core/vocabulary/manifest.ts';
import schema from '../../../../schemas/plugin-manifest.schema.json' with { type: 'json' };
import { closed, naming, sampleText } from '../../../harness/sample-manifest.ts';

const accepted = (text: string): Manifest => {
  const check = checkManifest(text, 'manifest.json');
  if (!check.ok) return assert.fail(JSON.stringify(check.findings));
  return check.manifest;
};

const findings = (text: string): readonly Finding[] => {
  const check = checkManifest(text, 'manifest.json');
  return check.ok ? assert.fail('accepted') : check.findings;
};

test('checkManifest reads a tool with its limits, profile, requests, hints and examples', () => {
  const manifest = accepted(
    sampleText({
      top: {
        requests: {
          inference: true,
          tools: ['text.diff'],
          egress: [{ host: 'api.example.org', methods: ['GET', 'POST'] }],
        },
      },
      entry: {
        reversibility: 'irreversible',
        profile: 'strict',
        limits: { cpu_ms: 100, wall_ms: 1000, heap_mb: 16, result_bytes: 1024, calls_total: 3 },
        hints: { destructiveHint: true },
        examples: [{ title: 'One', input: { url: 'https://api.example.org/', tool: 'text.diff' } }],
        input: closed({ url: naming('airlock.fetch'), tool: naming('tool.invoke') }),
      },
    }),
  );
  assert.deepEqual(manifest.requests.tools, ['text.diff']);
  const entry = manifest.entries.get('text.count');
  assert.equal(entry?.kind, 'tool');
  assert.equal(entry.profile, 'strict');
  assert.equal(entry.limits.calls_total, 3);
  assert.equal(entry.examples[0]?.title, 'One');
  assert.deepEqual(
    entry.annotations.map(({ capability }) => capability),
    ['airlock.fetch', 'tool.invoke'],
  );
});

test('checkManifest fills in the defaults of what is left out', () => {
  const { requests, entries } = accepted(sampleText());
  assert.deepEqual(requests, { inference: false, tools: [], egress: [] });
  const { profile, limits, idempotent, examples, hints } = entries.get('text.count') ?? {};
  assert.deepEqual(
    [profile, limits, idempotent, examples, hints],
    ['standard', {}, false, [], undefined],
  );
});

test('checkManifest names each thing that is wrong, in the order of the text, with its place', () => {
  const found = findings(
    sampleText({
      top: { version: '1.2', surprise: 1 },
      entry: { input: closed({ path: { type: 'string' } }), profile: 'loose' },
    }),
  );
  assert.deepEqual(
    found.map(({ pointer }) => pointer),
    [
      '/version',
      '/tools/text.count/input/properties/path',
      '/tools/text.count/profile',
      '/surprise',
    ],
  );
  for (const { rule, problem, mend, line, column } of found) {
    assert.match(rule, /^[a-z][a-z-]*$/);
    assert.ok(problem !== '' && mend !== '' && !mend.endsWith('.'));
    assert.ok((line ?? 0) > 1 && (column ?? 0) > 1);
  }
});

test('checkManifest answers with at most 20 findings and in bounded time, whatever the text', () => {
  const many = Array.from({ length: 5000 }, (_, at) => `"k${at}":1`);
  const started = performance.now();
  assert.equal(findings(`{${many.join(',')}}`).length, 20);
  assert.equal(findings(sampleText({ top: { authors: Array(10_000).fill(1) } })).length, 20);
  const tools = Array.from({ length: 6000 }, (_, at) => `a.b${at}`).map((name) => `"${name}"`);
  assert.ok(findings(`{"requests":{"tools":[${tools.join(',')}]}}`).length > 0);
  assert.ok(performance.now() - started < 20_000);
});

const PROFILED = [
  [{ limits: { cpu_ms: 5001 } }, 'limit-above-profile', '/limits/cpu_ms'],
  [{ limits: { heap_mb: 17 }, profile: 'vetting' }, 'limit-above-profile', '/limits/heap_mb'],
  [{ limits: { cpu_ms: 200, wall_ms: 100 } }, 'limits-contradict', '/limits/cpu_ms'],
  [{ limits: { heap_mb: 7 } }, 'out-of-bounds', '/limits/heap_mb'],
  [{ limits: { rss_mb: 100 } }, 'unknown-field', '/limits/rss_mb'],
  [{ limits: {} }, 'count', '/limits'],
] as const;

for (const [entry, rule, at] of PROFILED) {
  test(`checkManifest refuses ${JSON.stringify(entry)} as ${rule}`, () => {
    const [first] = findings(sampleText({ entry }));
    assert.deepEqual([first?.rule, first?.pointer], [rule, `/tools/text.count${at}`]);
  });
}

test('the schema of limits has the bounds of the protocol', () => {
  const { properties } = schema.$defs.limits;
  assert.deepEqual(Object.keys(properties), ENTRY_LIMITS);
  for (const [name, { minimum, maximum }] of Object.entries(properties)) {
    assert.deepEqual([name, [minimum, maximum]], [name, Reflect.get(LIMIT_BOUNDS, name)]);
  }
});

const HOSTS = [
  '*.example.org',
  'Example.org',
  'localhost',
  '127.0.0.1',
  '0x7f.1',
  '[::1]',
  'example.org:443',
  'example.org.',
  '-a.org',
  'a..org',
  'user@example.org',
  'ex\u0430mple.org',
];

test('checkManifest takes exact host names and nothing else', () => {
  const withHost = (host: string): string =>
    sampleText({
      top: { requests: { egress: [{ host, methods: ['GET'] }] } },
      entry: {
        reversibility: 'irreversible',
        input: closed({ url: naming('airlock.fetch') }),
      },
    });
  accepted(withHost('api.xn--bcher-kva.example'));
  for (const host of HOSTS) {
    const [first] = findings(withHost(host));
    assert.deepEqual([first?.pointer, first?.rule], ['/requests/egress/0/host', 'malformed'], host);
  }
});
