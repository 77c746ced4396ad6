import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { makeStepExecutor, type StepOrder } from '../../../core/broker/execute/execute-step.ts';
import type { StepGateways } from '../../../core/broker/execute/step-gateways.ts';
import type { Supervisor } from '../../../core/broker/supervisor/supervisor.ts';
import { NO_USAGE } from '../../../core/vocabulary/budget.ts';
import { sha256 } from '../../../core/vocabulary/digest.ts';
import { AgentError } from '../../../core/vocabulary/errors.ts';
import { NO_TOOLS, noTool } from '../../harness/no-tools.ts';
import { stepOf } from '../../plugins/run-step.ts';
import { DOCS, resourceAt, shipped } from '../policy/example-request.ts';
import { PROFILES, realSupervisor } from '../supervisor/job.ts';

// A step in a real cell, whose handle calls reach a counter outside; the cell is killed in such a call.

const none = (): Promise<never> => Promise.reject(new Error('not in this test'));

interface Case {
  readonly action: 'read_file' | 'write_file';
  readonly body: string;
  readonly idempotent: boolean;
  /** What happens to the cell in the call with this number, counted from 1. */
  readonly onCall: (call: number, cell: number) => void;
  readonly used?: Partial<StepOrder['used']>;
  readonly taskCpuMs?: number;
  readonly retried?: () => Promise<void>;
}

const runCase = async (t: TestContext, given: Case) => {
  const supervisor: Supervisor = realSupervisor({ size: 3 });
  t.after(() => supervisor.close());
  let calls = 0;
  const told: string[] = [];
  const count = (): void => {
    calls += 1;
    const busy = supervisor.status().cells.find((cell) => cell.busy);
    given.onCall(calls, busy?.pid ?? 0);
  };
  const storage: StepGateways['storage'] = {
    read: async () => {
      count();
      return { label: 'low' };
    },
    create: async (_resource, _access, bytes) => {
      count();
      return { size: bytes.length, sha256: sha256(bytes) };
    },
    list: none,
    replace: none,
  };
  const { taskCpuMs = 60_000 } = given;
  const executor = makeStepExecutor({
    ...NO_TOOLS,
    supervisor,
    profiles: { ...PROFILES, standard: { task_cpu_ms: taskCpuMs } },
    gateways: { storage, search: { search: none } },
    whileEnabled: () => new AbortController().signal,
    now: Date.now,
    random: randomBytes,
  });
  const step = stepOf(given.action);
  const capability = given.action === 'read_file' ? 'storage.read' : 'storage.create';
  const report = await executor.execute({
    step: {
      ...step,
      idempotent: given.idempotent,
      source: `var __plugin = { steps: { ${given.action}: async (input, handles) => { ${given.body} } } };`,
    },
    input:
      given.action === 'read_file' ? { path: 'docs/a.md' } : { path: 'docs/a.md', content: 'x' },
    inputLabel: 'low',
    resources: [resourceAt(capability, DOCS, 'a.md')],
    access: { readable: [DOCS], writable: [DOCS], ceiling: 'medium' },
    used: { ...NO_USAGE, ...given.used },
    budgets: shipped.budgets.standard,
    sensitive: false,
    decideTool: noTool,
    signal: new AbortController().signal,
    journal: {
      observed: async () => {},
      began: async () => {},
      ended: async () => {},
      toolCalled: async () => {},
      retried: async (code) => {
        told.push(code);
        await given.retried?.();
      },
    },
  });
  return { report, calls, told, code: report.kind === 'failed' ? report.code : report.kind };
};

const READ = 'await handles.path.read({ encoding: "text" }); throw new Error("alive");';
const kill = (_call: number, cell: number): void => void process.kill(cell, 'SIGKILL');
const killFirst = (call: number, cell: number): void => {
  if (call === 1) kill(call, cell);
};

test('an idempotent step whose cell crashed runs once more in another cell, and that is on record', async (t) => {
  const cells: number[] = [];
  const { code, calls, told } = await runCase(t, {
    action: 'read_file',
    body: READ,
    idempotent: true,
    onCall: (call, cell) => {
      cells.push(cell);
      killFirst(call, cell);
    },
  });
  assert.equal(code, 'guest_error', 'the second run came to its own end');
  assert.deepEqual([calls, told, new Set(cells).size], [2, ['crash'], 2]);
});

test('an idempotent step runs at most twice', async (t) => {
  const { code, calls } = await runCase(t, {
    action: 'read_file',
    body: READ,
    idempotent: true,
    onCall: kill,
  });
  assert.deepEqual([code, calls], ['crash', 2]);
});

test('a step that is not idempotent never runs twice', async (t) => {
  const { code, calls, told } = await runCase(t, {
    action: 'read_file',
    body: READ,
    idempotent: false,
    onCall: kill,
  });
  assert.deepEqual([code, calls, told], ['crash', 1, []]);
});

test('a step that began an effect never runs twice, whatever its manifest says', async (t) => {
  const { code, calls, told } = await runCase(t, {
    action: 'write_file',
    body: 'await handles.path.write({ content: "x" });',
    idempotent: true,
    onCall: kill,
  });
  assert.deepEqual([code, calls, told], ['crash', 1, []]);
});

test('a retry that cannot be recorded does not happen', async (t) => {
  const { code, calls } = await runCase(t, {
    action: 'read_file',
    body: READ,
    idempotent: true,
    onCall: kill,
    retried: () => Promise.reject(new AgentError({ code: 'log_unavailable', message: 'full' })),
  });
  assert.deepEqual([code, calls], ['log_unavailable', 1]);
});

test('a task has the processor time of its profile over all its steps, and no step begins without any (attack 61)', async (t) => {
  const loop: Omit<Case, 'used'> = {
    action: 'read_file',
    body: 'for (;;) {}',
    idempotent: true,
    onCall: () => {},
    taskCpuMs: 1000,
  };
  const some = await runCase(t, { ...loop, used: { cpuMs: 700 } });
  assert.equal(some.code, 'budget_exceeded');
  assert.equal(some.report.kind === 'failed' && some.report.message, 'cpu budget exceeded (1s/1s)');
  assert.ok(some.report.usage.cpuMs >= 300 && some.report.usage.cpuMs < 1500);
  const nothing = await runCase(t, { ...loop, used: { cpuMs: 1000 } });
  assert.equal(nothing.code, 'budget_exceeded');
  assert.equal(nothing.report.usage.cpuMs, 0);
});
