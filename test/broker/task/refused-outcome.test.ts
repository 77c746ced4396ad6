import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFixedCatalog } from '../../../core/broker/catalog/catalog.ts';
import { makeResolver } from '../../../core/broker/grant/resource-name.ts';
import { openDatabase } from '../../../core/broker/main/powers/database.ts';
import { heuristicPlanner } from '../../../core/broker/plan/heuristic-planner.ts';
import { makeEventChain } from '../../../core/broker/task/ledger/event-chain.ts';
import { makeSeal } from '../../../core/broker/task/ledger/seal.ts';
import { makeTaskLedger } from '../../../core/broker/task/ledger/task-ledger.ts';
import { makeTaskStore } from '../../../core/broker/task/ledger/task-store.ts';
import { makeTaskService } from '../../../core/broker/task/make-task-service.ts';
import { NO_USAGE } from '../../../core/vocabulary/budget.ts';
import { shipped } from '../../plugins/run-step.ts';
import { KEY } from '../grant/example-grant.ts';
import { shipped as policy } from '../policy/example-request.ts';
import { DIGEST } from './sample-task.ts';

// The store refuses one row and takes the next, as where a disk was full for a moment. What the step did cannot be
// known from the rows then, so it must not be done again (attack 183).

test('a step whose outcome the store refused is not run again', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'store-'));
  t.after(() => rm(folder, { recursive: true }));
  const executed: string[] = [];
  const refused = Promise.withResolvers<string>();
  let full = false;
  const database = openDatabase(join(folder, 'tasks.db'));
  const store = makeTaskStore({
    database: {
      ...database,
      commit: () => {
        if (full) {
          full = false;
          throw new Error('database or disk is full');
        }
        database.commit();
      },
    },
    seal: makeSeal(KEY, randomBytes),
    chain: makeEventChain(KEY),
  });
  let entry = 0;
  const position = () => ({ entry: ++entry, hash: DIGEST });
  const audit = {
    record: position,
    commit: async () => undefined,
    written: async () => undefined,
    append: async () => position(),
  };
  const { logging } = policy;
  const log = { info: () => undefined, warn: () => undefined };
  const tasks = makeTaskService(
    {
      ledger: makeTaskLedger({ store, audit, historyLimit: 10, openLimit: 10, logging }, []),
      planner: heuristicPlanner,
      catalog: makeFixedCatalog([...shipped.values()]),
      executor: {
        execute: async ({ step }) => {
          executed.push(step.action);
          full = executed.length === 2;
          const usage = { ...NO_USAGE, steps: 1 };
          const output = { text: 'It rains.' };
          return { kind: 'completed', output, bytes: 2, sha256: DIGEST, label: 'low', usage };
        },
      },
      policy,
      policyCurrent: () => true,
      resolver: makeResolver(policy.workspaces, []),
      describe: async () => ({ exists: true, size: 1, version: null }),
      removeUnfinished: async () => 0,
      grantKey: KEY,
      audit,
      random: (n) => randomBytes(n),
      now: () => Date.now(),
      log: { ...log, error: (_facts: object, message: string) => refused.resolve(message) },
    },
    { slots: 1, queue: 10 },
  );
  const intent = "summarize 'It rains.' and summarize it";
  const request = { intent, mode: 'standard', workspaces: [], preferences: {} } as const;
  const { task_id } = await tasks.submit(request, { peer: null });
  assert.equal(await refused.promise, 'cannot write the store');
  await new Promise((resolve) => setImmediate(resolve));

  assert.deepEqual(executed, ['summarize', 'summarize']);
  const steps = tasks.get(task_id)?.steps.map(({ status }) => status);
  assert.deepEqual(steps, ['completed', 'running']);
  await tasks.close();
});
