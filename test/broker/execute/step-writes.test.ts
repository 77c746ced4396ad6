import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { makeStepExecutor, type StepOrder } from '../../../core/broker/execute/execute-step.ts';
import type { CallJournal, StepGateways } from '../../../core/broker/execute/step-gateways.ts';
import { NO_USAGE } from '../../../core/vocabulary/budget.ts';
import { sha256 } from '../../../core/vocabulary/digest.ts';
import { AgentError } from '../../../core/vocabulary/errors.ts';
import type { JsonObject } from '../../../core/vocabulary/json.ts';
import { NO_TOOLS, noTool } from '../../harness/no-tools.ts';
import { stepOf } from '../../plugins/run-step.ts';
import { DOCS, resourceAt, shipped } from '../policy/example-request.ts';
import { PROFILES, realSupervisor } from '../supervisor/job.ts';

// A plugin that writes, in a real cell; the gateway and the journal are the ends of the wire.

type Write = StepGateways['storage']['create'];

interface Told {
  readonly what: 'observed' | 'began' | 'ended';
  readonly outcome?: JsonObject;
}

const CONTENT = 'the approved text';
const done: Write = async (_resource, _access, bytes) => ({
  size: bytes.length,
  sha256: sha256(bytes),
});
const none = (): Promise<never> => Promise.reject(new Error('not in this test'));

const runWriting = async (
  t: TestContext,
  body: string,
  {
    write = done,
    journal = {},
    enabled = new AbortController().signal,
  }: { write?: Write; journal?: Partial<CallJournal>; enabled?: AbortSignal } = {},
) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const told: Told[] = [];
  const executor = makeStepExecutor({
    ...NO_TOOLS,
    supervisor,
    profiles: PROFILES,
    gateways: {
      storage: { read: none, list: none, create: write, replace: none },
      search: { search: none },
    },
    whileEnabled: () => enabled,
    now: Date.now,
    random: randomBytes,
  });
  const order: StepOrder = {
    step: {
      ...stepOf('write_file'),
      source: `var __plugin = { steps: { write_file: async (input, handles) => {
        ${body}
        return { path: input.path, size: 1, sha256: '${'0'.repeat(64)}' };
      } } };`,
    },
    input: { path: 'docs/a.md', content: CONTENT },
    inputLabel: 'low',
    resources: [resourceAt('storage.create', DOCS, 'a.md')],
    access: { readable: [], writable: [DOCS], ceiling: 'medium' },
    used: NO_USAGE,
    budgets: shipped.budgets.standard,
    sensitive: false,
    decideTool: noTool,
    signal: new AbortController().signal,
    journal: {
      observed: async () => {
        told.push({ what: 'observed' });
      },
      began: async () => {
        told.push({ what: 'began' });
      },
      ended: async (_call, outcome) => {
        told.push({ what: 'ended', outcome });
      },
      toolCalled: async () => {},
      retried: async () => {},
      ...journal,
    },
  };
  return { report: await executor.execute(order), told };
};

test('a step whose write is still under way has no outcome before the write has one', async (t) => {
  let written = false;
  const write: Write = async (...args) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    written = true;
    return done(...args);
  };
  for (const body of [
    'handles.path.write({ content: input.content });',
    'handles.path.write({ content: input.content }); throw new Error("gone");',
  ]) {
    written = false;
    const { told } = await runWriting(t, body, { write });
    assert.equal(written, true);
    assert.deepEqual(
      told.map(({ what }) => what),
      ['began', 'ended'],
    );
  }
});

test('a write that happened is never on record as one that did not', async (t) => {
  const outcomes: JsonObject[] = [];
  const { report } = await runWriting(t, 'await handles.path.write({ content: input.content });', {
    journal: {
      ended: async (_call, outcome) => {
        outcomes.push(outcome);
        throw new AgentError({ code: 'store_unavailable', message: 'cannot write the store' });
      },
    },
  });
  assert.equal(report.kind, 'failed');
  assert.deepEqual(
    outcomes.map(({ ok }) => ok),
    [true],
  );
});

test('a write of other bytes than the approved ones is refused, and on record', async (t) => {
  for (const [args, code] of [
    ['{ content: "other" }', 'not_approved_bytes'],
    ['{ content: input.content, path: "b" }', 'input_invalid'],
    ['7', 'input_invalid'],
  ] as const) {
    const { report, told } = await runWriting(t, `await handles.path.write(${args});`);
    assert.equal(report.kind === 'failed' && report.code, code);
    assert.deepEqual(told, [{ what: 'observed' }]);
  }
});

test('a step that ends with the refusal of its own call has that refusal as its reason, any other text is its own', async (t) => {
  const refused = async (): Promise<never> => {
    throw new AgentError({ code: 'already_exists', message: 'file exists' });
  };
  const call = 'await handles.path.write({ content: input.content })';
  for (const [body, code] of [
    [`${call};`, 'already_exists'],
    [`${call}.catch(() => { throw new Error('file exists'); });`, 'already_exists'],
    [`${call}.catch(() => { throw new Error('audit log: cannot be written'); });`, 'guest_error'],
    ["throw new Error('file exists');", 'guest_error'],
    [
      `${call}.catch((e) => { throw Object.assign(new Error('x'), { code: e.code }); });`,
      'guest_error',
    ],
  ] as const) {
    const { report } = await runWriting(t, body, { write: refused });
    assert.equal(report.kind === 'failed' && report.code, code, body);
  }
});

test('a plugin that is revoked while the intent of a write is made durable writes nothing', async (t) => {
  const revoke = new AbortController();
  let written = false;
  const { report, told } = await runWriting(
    t,
    'await handles.path.write({ content: input.content });',
    {
      enabled: revoke.signal,
      journal: { began: async () => revoke.abort() },
      write: async (...args) => {
        written = true;
        return done(...args);
      },
    },
  );
  assert.equal(written, false);
  assert.deepEqual([report.kind, report.kind === 'failed' && report.code], ['failed', 'revoked']);
  assert.deepEqual(told, [{ what: 'ended', outcome: { ok: false } }]);
});

test('a write that is under way when its plugin is revoked is awaited and on record', async (t) => {
  const revoke = new AbortController();
  const { report, told } = await runWriting(
    t,
    'await handles.path.write({ content: input.content });',
    {
      enabled: revoke.signal,
      write: async (...args) => {
        revoke.abort();
        await new Promise((resolve) => setTimeout(resolve, 50));
        return done(...args);
      },
    },
  );
  assert.equal(report.kind === 'failed' && report.code, 'revoked');
  assert.deepEqual(
    told.map(({ what, outcome }) => [what, outcome?.['ok']]),
    [
      ['began', undefined],
      ['ended', true],
    ],
  );
});

test('a step of a plugin that is enabled no longer does not begin', async (t) => {
  const { report, told } = await runWriting(t, '', { enabled: AbortSignal.abort() });
  assert.equal(report.kind === 'failed' && report.code, 'revoked');
  assert.deepEqual(told, []);
});
