import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { makeStepExecutor, type StepOrder } from '../../core/broker/execute/execute-step.ts';
import { addUsage, NO_USAGE } from '../../core/vocabulary/budget.ts';
import { DOCS, resourceAt, shipped } from '../broker/policy/example-request.ts';
import { PROFILES, realSupervisor } from '../broker/supervisor/job.ts';
import { scriptedLauncher } from '../broker/supervisor/scripted-cell.ts';
import { NO_TOOLS, noTool } from '../harness/no-tools.ts';
import { stepOf } from '../plugins/run-step.ts';

// Attack 61: work in slices, each far below the limit of a step. Each step's end is an event of its task, whose
// record is asserted with the audit trail.

const TASK_CPU_MS = 1000;
const none = (): Promise<never> => Promise.reject(new Error('not in this test'));
const SLICE = `for (let end = 0, i = 0; i < 30; i += 1) {
    await handles.path.read({ encoding: 'text' });
    for (let n = 0; n < 1e5; n += 1) end += n;
  }
  throw new Error('a slice');`;

/** The same slice step after step, until one does not begin; answers how each ended. */
const slices = async (
  supervisor: ReturnType<typeof realSupervisor>,
  source: string,
): Promise<readonly string[]> => {
  const executor = makeStepExecutor({
    ...NO_TOOLS,
    supervisor,
    profiles: { ...PROFILES, standard: { task_cpu_ms: TASK_CPU_MS } },
    gateways: {
      storage: { read: async () => ({ label: 'low' }), list: none, create: none, replace: none },
      search: { search: none },
    },
    whileEnabled: () => new AbortController().signal,
    now: Date.now,
    random: randomBytes,
  });
  const ends: string[] = [];
  let used = NO_USAGE;
  while (ends.length < 40 && ends.at(-1) !== 'budget_exceeded') {
    const order: StepOrder = {
      step: { ...stepOf('read_file'), source },
      input: { path: 'docs/a.md' },
      inputLabel: 'low',
      resources: [resourceAt('storage.read', DOCS, 'a.md')],
      access: { readable: [DOCS], writable: [], ceiling: 'medium' },
      used: { ...used, filesTouched: 0 },
      budgets: { ...shipped.budgets.standard, max_files_touched: 1000 },
      sensitive: false,
      decideTool: noTool,
      signal: new AbortController().signal,
      journal: {
        observed: async () => {},
        began: async () => {},
        ended: async () => {},
        toolCalled: async () => {},
        retried: async () => {},
      },
    };
    const report = await executor.execute(order);
    used = addUsage(used, report.usage);
    ends.push(report.kind === 'failed' ? report.code : report.kind);
  }
  return ends;
};

test('slices of work are counted together, over handle calls and over steps', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const ends = await slices(
    supervisor,
    `var __plugin = { steps: { read_file: async (input, handles) => { ${SLICE} } } };`,
  );
  assert.equal(ends.at(-1), 'budget_exceeded', ends.join());
  assert.ok(ends.length > 1 && ends.slice(0, -1).every((code) => code === 'guest_error'));
});

test('a cell that tells less than it used is charged what the system saw', async (t) => {
  const launcher = scriptedLauncher(
    `hello(); on.run = ({ step }) => {
       const end = performance.now() + 400;
       while (performance.now() < end);
       send({ type: 'result', step, cpu_ms: 0 }, '{"err":"a slice"}');
       idle(step);
     };`,
    { always: true },
  );
  const supervisor = realSupervisor({ launcher });
  t.after(async () => {
    await supervisor.close();
    await launcher.dispose();
  });
  const ends = await slices(supervisor, '');
  assert.equal(ends.at(-1), 'budget_exceeded', ends.join());
});
