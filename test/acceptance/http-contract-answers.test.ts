import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { isOver, startAgent, step, steps } from '../harness/agent.ts';
import { call, type Reply } from '../harness/call.ts';
import { assertRefused, assertSafe, assertTask } from '../harness/contract.ts';

const agent = await startAgent({ after }, { documents: { 'a.md': 'Backups run every night.\n' } });
const UNKNOWN = '0123456789abcdef';

const idOf = (task: JsonObject): string => String(task['task_id']);
const answer = (task: string, verb: string, body: JsonObject): Promise<Reply> =>
  agent.post(`/v1/task/${task}/${verb}`, body);
let files = 0;
/** A task with two writes that wait. */
const twoQuestions = (): Promise<JsonObject> => {
  files += 2;
  return agent.submit(`save 'a' to outputs/${files}.txt and save 'b' to outputs/${files + 1}.txt`);
};

for (const [verb, all, unknown, invalid] of [
  ['approve', 'approve_all', 'unknown approval field', 'invalid approval selection'],
  ['deny', 'deny_all', 'unknown denial field', 'invalid denial selection'],
] as const) {
  test(`http.contract: ${verb} checks its body before the task, row by row`, async () => {
    const task = idOf(await twoQuestions());
    const rows: readonly (readonly [error: string, body: JsonObject])[] = [
      [unknown, { task_id: UNKNOWN, step_ids: 1 }],
      [unknown, { [verb === 'approve' ? 'deny_all' : 'approve_all']: true }],
      [invalid, { step_ids: null }],
      [invalid, { [all]: null }],
      [invalid, { [all]: 'true' }],
      [invalid, { step_ids: 'abc' }],
      [invalid, { step_ids: [1] }],
      [invalid, { step_ids: ['x'.repeat(65)] }],
      [invalid, { step_ids: Array.from({ length: 101 }, () => 'x') }],
      [`step_ids or ${all}=true is required`, {}],
      [`step_ids or ${all}=true is required`, { step_ids: [], [all]: false }],
    ];
    for (const id of [task, UNKNOWN]) {
      for (const [error, body] of rows) {
        assertRefused(await answer(id, verb, body), 400, error, 'invalid_request');
      }
      const list = await call(agent.folder.socket, `/v1/task/${id}/${verb}`, {
        token: agent.folder.token,
        body: '[]',
      });
      assertRefused(list, 400, 'JSON body must be an object', 'invalid_request');
    }
    const lost = await answer(UNKNOWN, verb, { [all]: true });
    assertRefused(lost, 404, 'task not found', 'task_not_found');
    const what = verb === 'approve' ? 'approval' : 'denial';
    const strange = await answer(task, verb, { step_ids: ['0123456789ab'] });
    const text = `${what} contains an unknown or resolved step`;
    assertRefused(strange, 400, text, 'invalid_request');
    assert.equal((await agent.get(`/v1/task/${task}`)).body['status'], 'pending_approval');
  });

  test(`http.contract: ${verb} of a task that does not wait is 409, before unknown steps are`, async () => {
    const task = idOf(await twoQuestions());
    await answer(task, 'cancel', {});
    const late = await answer(task, verb, { step_ids: ['0123456789ab'] });
    assertRefused(late, 409, 'task is cancelled, not pending_approval', 'task_conflict');
  });
}

test('http.contract: a partial approval leaves the task waiting, the last one runs it', async () => {
  const submitted = await twoQuestions();
  const id = idOf(submitted);
  const [first, second] = steps(submitted).map((each) => String(each['step_id']));
  const half = await answer(id, 'approve', { step_ids: [first ?? ''] });
  assert.equal(half.status, 200, half.text);
  assertSafe(half);
  assertTask(half.body);
  assert.equal(half.body['status'], 'pending_approval');
  assert.deepEqual(
    steps(half.body).map(({ status }) => status),
    ['approved', 'pending'],
  );
  const again = await answer(id, 'approve', { step_ids: [first ?? ''] });
  const resolved = 'approval contains an unknown or resolved step';
  assertRefused(again, 400, resolved, 'invalid_request');

  const rest = await answer(id, 'approve', { approve_all: true, step_ids: ['ignored'] });
  assert.equal(rest.status, 200, rest.text);
  assert.notEqual(rest.body['status'], 'pending_approval');
  const done = await agent.until(id, isOver);
  assertTask(done);
  assert.equal(done['status'], 'completed');
  assert.ok(
    steps(done).every(({ status }) => status === 'completed'),
    JSON.stringify(second),
  );
});

test('http.contract: of two approvals at once exactly one is 200 and the other 409', async () => {
  const id = idOf(await twoQuestions());
  const both = await Promise.all([
    answer(id, 'approve', { approve_all: true }),
    answer(id, 'approve', { approve_all: true }),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
  const records = await agent.audit();
  const approvals = records.filter(
    ({ event, data }) => event === 'steps_approved' && JSON.stringify(data).includes(id),
  );
  assert.equal(approvals.length, 1);
  await agent.until(id, isOver);
});

test('http.contract: a step whose inputs do not exist is 409 inputs not ready, retryable', async () => {
  const task = await agent.submit('read user_docs/a.md and save it to outputs/copy.md');
  const write = String(step(task, 'write_file')['step_id']);
  const early = await answer(idOf(task), 'approve', { step_ids: [write] });
  assertRefused(early, 409, 'inputs not ready', 'inputs_not_ready');
  assert.equal(early.body['retryable'], true);
});

test('http.contract: deny ends each named step as denied by user, the last one the task as cancelled', async () => {
  const submitted = await twoQuestions();
  const id = idOf(submitted);
  const [first] = steps(submitted).map((each) => String(each['step_id']));
  const half = await answer(id, 'deny', { step_ids: [first ?? ''] });
  assert.equal(half.status, 200, half.text);
  assert.equal(half.body['status'], 'pending_approval');
  assert.equal(steps(half.body)[0]?.['error'], 'denied by user');
  const none = await answer(id, 'deny', { deny_all: true, step_ids: ['ignored'] });
  assert.equal(none.status, 200, none.text);
  assertSafe(none);
  assertTask(none.body);
  assert.equal(none.body['status'], 'cancelled');
  assert.equal(typeof none.body['completed_at'], 'number');
  assert.ok(steps(none.body).every(({ status }) => status === 'denied'));
});

test('http.contract: cancel ignores its body, skips what waited, and is 409 afterwards', async () => {
  const { socket, token } = agent.folder;
  const before = await readdir(agent.folder.outputs);
  const id = idOf(await twoQuestions());
  const cancelled = await call(socket, `/v1/task/${id}/cancel`, { token, body: 'no json' });
  assert.equal(cancelled.status, 200, cancelled.text);
  assertSafe(cancelled);
  assertTask(cancelled.body);
  assert.equal(cancelled.body['status'], 'cancelled');
  assert.ok(steps(cancelled.body).every(({ status }) => status === 'skipped'));
  const again = await answer(id, 'cancel', {});
  assertRefused(again, 409, 'task already cancelled', 'task_conflict');
  assertRefused(await answer(UNKNOWN, 'cancel', {}), 404, 'task not found', 'task_not_found');
  assert.deepEqual(await readdir(agent.folder.outputs), before);
});
