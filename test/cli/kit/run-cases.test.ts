import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Bench, openBench } from '../../../core/cli/kit/bench/open-bench.ts';
import { grantUses } from '../../../core/cli/kit/grants.ts';
import { type CaseResult, type PluginCase, runCases } from '../../../core/cli/kit/run-cases.ts';
import { kitPlugin } from './kit-plugin.ts';

let bench: Bench;
before(async () => {
  bench = await openBench({ shared: true });
});
after(() => bench.close());

const MANIFEST = `id: kit-example
version: 1.0.0
title: Example
description: Has what a test needs.
license: Apache-2.0
authors: [The test]
requests: { tools: [text.diff] }
steps:
  asking:
    description: Invokes a tool.
    reversibility: read-only
    profile: vetting
    input:
      type: object
      additionalProperties: false
      required: [tool]
      properties:
        tool: { type: string, maxLength: 64, x-capability: tool.invoke }
    output: { type: object, additionalProperties: false, properties: {} }
tools:
  kit.read:
    description: Reads a file.
    reversibility: read-only
    profile: vetting
    limits: { calls_total: 3, result_bytes: 200 }
    input:
      type: object
      additionalProperties: false
      required: [path]
      properties:
        path: { type: string, maxLength: 200, x-capability: storage.read }
        folder: { type: string, maxLength: 200, x-capability: storage.list }
        mode: { type: string, maxLength: 20 }
    output:
      type: object
      additionalProperties: false
      properties:
        text: { type: string, maxLength: 1000 }
  kit.create:
    description: Writes a file.
    reversibility: reversible
    profile: vetting
    input:
      type: object
      additionalProperties: false
      required: [path, content]
      properties:
        path: { type: string, maxLength: 200, x-capability: storage.create }
        content: { type: string, maxLength: 200 }
    output: { type: object, additionalProperties: false, properties: {} }
`;

const BODY = `
const steps = { asking: (input, { tool }) => tool.invoke({ a: 1 }) };
const tools = {
  'kit.read': async ({ mode }, { path }) => {
    if (mode === 'long') return { text: 'x'.repeat(900) };
    if (mode === 'spin') for (;;) {}
    const reads = mode === 'often' ? 5 : 1;
    for (let read = 1; read < reads; read += 1) await path.read({ encoding: 'text' });
    console.log('reading');
    return { text: (await path.read({ encoding: 'text' })).content };
  },
  'kit.create': async ({ content }, { path }) => {
    await path.write({ content });
    return {};
  },
};`;

const plugin = kitPlugin(MANIFEST, BODY);
const reading = (more: Partial<PluginCase> = {}): PluginCase => ({
  name: 'reads',
  run: 'kit.read',
  input: { path: 'docs/a.md' },
  files: { 'docs/a.md': 'one' },
  expect: { output: { text: 'one' } },
  ...more,
});
const creating = (more: Partial<PluginCase> = {}): PluginCase => ({
  name: 'creates',
  run: 'kit.create',
  input: { path: 'out/new.md', content: 'new' },
  expect: { output: {}, writes: { 'out/new.md': 'new' } },
  ...more,
});
const run = async (each: PluginCase): Promise<CaseResult> => {
  const [result] = await runCases(plugin, [each], { bench });
  assert.ok(result);
  return result;
};

test('a case runs in a cell, over its own files, and says what it called, how long it took and what it held', async () => {
  const result = await run(reading());
  assert.equal(result.verdict, 'passed', result.problems.join('; '));
  assert.deepEqual(result.handles, [
    {
      parameter: 'path',
      index: null,
      capability: 'storage.read',
      display: 'docs/a.md',
      calls: { read: 1 },
      bytes: 3,
    },
  ]);
  assert.deepEqual(result.log, ['reading']);
  assert.ok(result.wallMs > 0 && result.peakBytes > 1024 * 1024, JSON.stringify(result));
});

test('a case fails for another output, for another end, and for an end that did not come', async () => {
  const other = await run(reading({ expect: { output: { text: 'two' } } }));
  assert.deepEqual(other.problems, ['output {"text":"one"}, expected {"text":"two"}']);
  const missing = await run(reading({ files: {} }));
  assert.deepEqual(missing.problems, [
    'ended `not_available`, expected `completed`: file not available',
  ]);
  const refused = await run(reading({ expect: { error: 'not_available' } }));
  assert.deepEqual(refused.problems, ['ended `completed`, expected `not_available`']);
});

test('a write that is expected passes, one that is not or is another fails', async () => {
  assert.equal((await run(creating())).verdict, 'passed');
  const silent = await run(creating({ expect: { output: {} } }));
  assert.deepEqual(silent.problems, ['`out/new.md` was written, which no `writes` expects']);
  const other = await run(creating({ expect: { writes: { 'out/new.md': 'old' } } }));
  assert.deepEqual(other.problems, ['`out/new.md` holds another text than expected']);
  const none = await run(reading({ expect: { writes: { 'docs/b.md': 'x' } } }));
  assert.deepEqual(none.problems, ['`docs/b.md` was not written']);
});

test('no file of one case is there in the next', async () => {
  await run(creating());
  assert.equal((await run(creating())).ended, 'completed', 'nothing exists already');
});

test('a name that leads out of the folder of the case leads nowhere', async () => {
  for (const path of ['/etc/passwd', 'docs/../../../etc/passwd', 'other']) {
    const { ended } = await run(reading({ input: { path }, expect: { error: 'not_available' } }));
    assert.equal(ended, 'not_available', path);
  }
});

test('the limits of the manifest and of its profile bind', async () => {
  const often = await run(reading({ input: { path: 'docs/a.md', mode: 'often' } }));
  assert.equal(often.ended, 'too_many_calls', often.message);
  const long = await run(reading({ input: { path: 'docs/a.md', mode: 'long' } }));
  assert.equal(long.ended, 'result_too_large', long.message);
  // The profile `vetting` gives one second.
  const spin = await run(reading({ input: { path: 'docs/a.md', mode: 'spin' } }));
  assert.equal(spin.ended, 'cpu', spin.message);
});

test('an input that does not fit the schema is refused before any code runs', async () => {
  const { ended, handles } = await run(reading({ input: { path: 'docs/a.md', more: 1 } }));
  assert.equal(ended, 'input_invalid');
  assert.deepEqual(handles[0]?.calls, {});
});

test('a tool that is invoked is counted as used, although no other plugin stands on the bench', async () => {
  const result = await run({
    name: 'asks',
    run: 'asking',
    input: { tool: 'text.diff' },
    expect: { error: 'tool_unavailable' },
  });
  assert.equal(result.verdict, 'passed', result.problems.join('; '));
  assert.deepEqual(result.handles[0]?.calls, { invoke: 1 });
});

test('declared against touched: a grant is used, unused, or given by no case', async () => {
  const results = [
    await run(reading()),
    await run(creating({ expect: { error: 'already_exists' }, files: { 'out/new.md': 'x' } })),
  ];
  const uses = (of: readonly CaseResult[]) =>
    grantUses(plugin.manifest, of).map(({ parameter, use }) => [parameter, use]);
  assert.deepEqual(uses(results), [
    ['tool', 'never_given'],
    ['path', 'used'],
    ['folder', 'never_given'],
    ['path', 'used'],
  ]);
  const given = await run(reading({ input: { path: 'docs/a.md', folder: 'docs' } }));
  assert.deepEqual(uses([given])[2], ['folder', 'unused']);
});
