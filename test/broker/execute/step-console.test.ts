import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { OnLog } from '../../../core/broker/execute/attempt-step.ts';
import { makeStepExecutor } from '../../../core/broker/execute/execute-step.ts';
import { NO_USAGE } from '../../../core/vocabulary/budget.ts';
import { NO_TOOLS, noTool } from '../../harness/no-tools.ts';
import { stepOf } from '../../plugins/run-step.ts';
import { shipped } from '../policy/example-request.ts';
import { PROFILES, realSupervisor } from '../supervisor/job.ts';

const none = (): Promise<never> => Promise.reject(new Error('not in this test'));

test('what a step writes to its console is told with the name of its plugin, and is no part of the result', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const told: Parameters<OnLog>[0][] = [];
  const executor = makeStepExecutor({
    ...NO_TOOLS,
    supervisor,
    profiles: PROFILES,
    gateways: {
      storage: { read: none, list: none, create: none, replace: none },
      search: { search: none },
    },
    whileEnabled: () => new AbortController().signal,
    now: Date.now,
    random: randomBytes,
    onLog: (event) => told.push(event),
  });
  const report = await executor.execute({
    step: {
      ...stepOf('summarize'),
      source: `var __plugin = { steps: { summarize: (input) => {
        console.warn('about to fail'); throw new Error('it did');
      } } };`,
    },
    input: { content: 'text' },
    inputLabel: 'low',
    resources: [],
    access: { readable: [], writable: [], ceiling: 'medium' },
    used: NO_USAGE,
    budgets: shipped.budgets.standard,
    sensitive: false,
    decideTool: noTool,
    signal: new AbortController().signal,
    journal: { observed: none, began: none, ended: none, toolCalled: none, retried: none },
  });
  assert.equal(report.kind === 'failed' && report.message, 'it did');
  assert.ok(!JSON.stringify(report).includes('about to fail'));
  assert.deepEqual(told, [
    { plugin: 'writing', entry: 'summarize', lines: ['warn: about to fail'], dropped: 0 },
  ]);
});
