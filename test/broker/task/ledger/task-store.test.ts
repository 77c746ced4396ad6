import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { openDatabase } from '../../../../core/broker/main/powers/database.ts';
import { makeEventChain } from '../../../../core/broker/task/ledger/event-chain.ts';
import { makeSeal } from '../../../../core/broker/task/ledger/seal.ts';
import { replay } from '../../../../core/broker/task/ledger/task-ledger.ts';
import { makeTaskStore, type TaskStore } from '../../../../core/broker/task/ledger/task-store.ts';
import type { TaskEvent } from '../../../../core/broker/task/state/task-event.ts';
import { begin } from '../../../../core/broker/task/state/transition.ts';
import { NO_USAGE } from '../../../../core/vocabulary/budget.ts';
import { AgentError } from '../../../../core/vocabulary/errors.ts';
import { sampleSubmission, stepId } from '../sample-task.ts';

const key = randomBytes(32);
const submission = sampleSubmission([{ effect: 'allow' }]);
const { task } = submission;
const started = { kind: 'started', at: 2000, step: stepId(0) } as const;

const open = (path: string, withKey: Uint8Array = key): TaskStore =>
  makeTaskStore({
    database: openDatabase(path),
    seal: makeSeal(withKey, (n) => randomBytes(n)),
    chain: makeEventChain(withKey),
  });

const storeFile = async (t: TestContext): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'store-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'tasks.db');
};

const withRows = async (t: TestContext): Promise<string> => {
  const path = await storeFile(t);
  const store = open(path);
  store.append(task, [submission, started], 3, { step: stepId(0), output: { text: 'canary' } });
  store.close();
  return path;
};

const damage = (path: string, sql: string): void => {
  const raw = new DatabaseSync(path);
  raw.exec(sql);
  raw.close();
};

test('load() gives back the events of each task, and they replay to the state that was', async (t) => {
  const store = open(await withRows(t));
  const [stored] = store.load();
  assert.deepEqual(stored?.events, [submission, started]);
  assert.equal(stored?.auditEntry, 3);
  assert.equal(replay(stored?.events ?? []).steps[0]?.status, 'running');
  assert.deepEqual(store.result(task, stepId(0)), { text: 'canary' });
  assert.deepEqual(replay([submission]), begin(submission));
  store.close();
});

test('the file is private and holds neither intent nor result in clear', async (t) => {
  const path = await withRows(t);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  const bytes = await readFile(path, 'latin1');
  assert.ok(!bytes.includes('canary'));
  assert.ok(!bytes.includes('find the notes'));
});

for (const [what, sql] of [
  ['a changed row', `UPDATE events SET sealed = zeroblob(40) WHERE n = 2`],
  ['a changed audit entry', `UPDATE events SET audit_entry = 1 WHERE n = 2`],
  ['a row cut off the end', `DELETE FROM events WHERE n = 2`],
  [
    'a row cut off the end with the last link put back',
    `DELETE FROM events WHERE n = 2;
     UPDATE tasks SET events = 1, last = (SELECT link FROM events WHERE n = 1)`,
  ],
  ['rows in another order', `UPDATE events SET n = 4 - n`],
] as const) {
  test(`load() refuses ${what}`, async (t) => {
    const path = await withRows(t);
    damage(path, sql);
    const store = open(path);
    assert.throws(() => store.load(), AgentError);
    store.close();
  });
}

test('load() refuses rows of another key, and says that the key may be the reason', async (t) => {
  const store = open(await withRows(t), randomBytes(32));
  assert.throws(
    () => store.load(),
    (error) => error instanceof AgentError && /signing key/.test(error.remedy ?? ''),
  );
  store.close();
});

test('a result does not open in the place of another step', async (t) => {
  const path = await withRows(t);
  damage(path, `UPDATE results SET step_id = '${stepId(1)}'`);
  const store = open(path);
  assert.throws(() => store.result(task, stepId(1)), AgentError);
  store.close();
});

test('forget() removes a task with its events and results', async (t) => {
  const path = await withRows(t);
  const store = open(path);
  store.forget(task);
  assert.deepEqual(store.load(), []);
  assert.equal(store.result(task, stepId(0)), undefined);
  store.close();
});

test('an outcome that was stored before processor time was counted has used none of it', async (t) => {
  const path = await storeFile(t);
  const store = open(path);
  const { cpuMs: _, ...usage } = { ...NO_USAGE, steps: 1, activeMs: 7 };
  const error = { code: 'crash', message: 'the cell of the step ended' } as const;
  const failed = { kind: 'failed', at: 3000, step: stepId(0), usage, error } as TaskEvent;
  store.append(task, [submission, started, failed], 4);
  const [stored] = store.load();
  const state = replay(stored?.events ?? []);
  assert.deepEqual(state.usage, { ...NO_USAGE, steps: 1, activeMs: 7 });
  store.close();
});
