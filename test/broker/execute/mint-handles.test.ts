import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeEffectsUnderWay } from '../../../core/broker/execute/effects-under-way.ts';
import { mintHandles } from '../../../core/broker/execute/mint-handles.ts';
import type { CallJournal } from '../../../core/broker/execute/step-gateways.ts';
import { makeStepMeter } from '../../../core/broker/execute/step-meter.ts';
import { NO_USAGE } from '../../../core/vocabulary/budget.ts';
import { sha256 } from '../../../core/vocabulary/digest.ts';
import { AgentError } from '../../../core/vocabulary/errors.ts';
import type { JsonObject } from '../../../core/vocabulary/json.ts';
import type { FileResource } from '../../../core/vocabulary/resource.ts';
import { openWorkspace } from '../gateway/storage/workspace.ts';

interface Options {
  readonly approved?: string | null;
  readonly capability?: FileResource['capability'];
  readonly journal?: Partial<CallJournal>;
  readonly maxFiles?: number;
}

/** The one handle of a step on `docs/new.txt`, over a real storage gateway. */
const mint = async (
  t: Parameters<typeof openWorkspace>[0],
  { approved = 'approved', capability = 'storage.create', journal = {}, maxFiles = 5 }: Options,
) => {
  const { gateway, access, at, docs, put } = await openWorkspace(t);
  const said: string[] = [];
  const limits = {
    max_steps: 9,
    max_tool_calls: 9,
    max_tokens: 9,
    max_wall_clock_seconds: 9,
    max_files_touched: maxFiles,
    max_output_bytes: 100,
  };
  const [handle] = mintHandles([{ ...at('docs/new.txt'), capability }], {
    gateways: {
      storage: gateway,
      search: { search: () => Promise.reject(new Error('no search')) },
    },
    journal: {
      observed: async ({ method }) => void said.push(`observed ${method}`),
      began: async ({ bytes }) => void said.push(`began ${bytes}`),
      toolCalled: async () => {},
      retried: async () => {},
      ended: async (_call, outcome) => void said.push(`ended ${outcome['ok']}`),
      ...journal,
    },
    effects: makeEffectsUnderWay(),
    meter: makeStepMeter(NO_USAGE, limits, 'low'),
    access,
    signal: new AbortController().signal,
    invokeTool: null,
    random: (length) => new Uint8Array(length).fill(7),
    approvedBytes: approved === null ? null : Buffer.from(approved),
  });
  assert.ok(handle !== undefined);
  const call = (method: string, args: JsonObject): Promise<unknown> =>
    handle.methods.get(method)?.(args, new AbortController().signal) ??
    Promise.reject(new Error(`no method ${method}`));
  const list = () => gateway.list(at('docs'), access, {});
  return { handle, call, said, list, docs, put };
};

test('a write of the approved bytes happens, with a record before and after it', async (t) => {
  const { call, said, list } = await mint(t, {});
  const answer = await call('write', { content: 'approved' });
  assert.deepEqual(answer, { size: 8, sha256: sha256('approved') });
  assert.deepEqual(said, ['began 8', 'ended true']);
  assert.deepEqual(
    (await list()).entries.map(({ name }) => name),
    ['new.txt'],
  );
});

test('a write of any other bytes is refused and on record, and nothing is written', async (t) => {
  for (const content of ['approved ', 'approve', 'Approved', '']) {
    const { call, said, list } = await mint(t, {});
    await assert.rejects(call('write', { content }), { code: 'not_approved_bytes' });
    assert.deepEqual(said, ['observed write']);
    assert.deepEqual((await list()).entries, []);
  }
});

test('a step without approved content writes nothing at all', async (t) => {
  const { call, list } = await mint(t, { approved: null });
  await assert.rejects(call('write', { content: '' }), { code: 'not_approved_bytes' });
  assert.deepEqual((await list()).entries, []);
});

test('a write whose record fails does not happen', async (t) => {
  const began = (): Promise<never> =>
    Promise.reject(new AgentError({ code: 'log_unavailable', message: 'full' }));
  const { call, list } = await mint(t, { journal: { began } });
  await assert.rejects(call('write', { content: 'approved' }), { code: 'log_unavailable' });
  assert.deepEqual((await list()).entries, []);
});

test('a write that fails is on record as failed', async (t) => {
  const { call, said, put } = await mint(t, {});
  put('docs/new.txt', 'there already');
  await assert.rejects(call('write', { content: 'approved' }), { code: 'already_exists' });
  assert.deepEqual(said, ['began 8', 'ended false']);
});

test('a read that cannot be recorded gives nothing', async (t) => {
  const observed = (): Promise<never> =>
    Promise.reject(new AgentError({ code: 'log_unavailable', message: 'full' }));
  const { call, put } = await mint(t, { capability: 'storage.read', journal: { observed } });
  put('docs/new.txt', 'text');
  await assert.rejects(call('read', { encoding: 'text' }), { code: 'log_unavailable' });
});

test('a handle that dies while its read is recorded reads nothing', async (t) => {
  const end = new AbortController();
  const observed = async (): Promise<void> => end.abort();
  const { handle, put } = await mint(t, {
    capability: 'storage.read',
    journal: { observed },
    maxFiles: 0,
  });
  put('docs/new.txt', 'a text');
  // Not even the budget is asked for a file, which this step has not left.
  const read = handle.methods.get('read')?.({ encoding: 'text' }, end.signal);
  await assert.rejects(read ?? Promise.resolve(), { code: 'cancelled' });
});

test('a refused write whose record fails is a failure of that call alone', async (t) => {
  const observed = (): Promise<never> =>
    Promise.reject(new AgentError({ code: 'log_unavailable', message: 'full' }));
  const { call, list } = await mint(t, { journal: { observed } });
  await assert.rejects(call('write', { content: 'other' }), { code: 'log_unavailable' });
  assert.deepEqual((await list()).entries, []);
});

test('a file over the budget is refused before it is touched', async (t) => {
  const { call, said, list } = await mint(t, { maxFiles: 0 });
  await assert.rejects(call('write', { content: 'approved' }), { code: 'budget_exceeded' });
  assert.deepEqual(said, ['observed write']);
  assert.deepEqual((await list()).entries, []);
});

test('a handle has the methods of its capability and no other', async (t) => {
  const methods = { 'storage.read': ['read'], 'storage.list': ['list'] } as const;
  for (const capability of ['storage.read', 'storage.list'] as const) {
    const { handle } = await mint(t, { capability });
    assert.deepEqual([...handle.methods.keys()], methods[capability]);
  }
});
