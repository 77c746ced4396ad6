import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { type Agent, asksNow, isOver, startAgentIn, step, testAgent } from '../harness/agent.ts';
import { type AgentFolder, makeAgentFolder } from '../harness/agent-folder.ts';

const LONG = process.env['SECAI_LONG'] === '1';
/** How many points the short run leaves out between two that it tries. */
const STRIDE = LONG ? 1 : 19;

const CRASHING = testAgent('crashing');
const SENTENCE = 'Backups run every night and are kept for thirty days.';

const folderFor = (t: TestContext, env: Record<string, string>): Promise<AgentFolder> =>
  makeAgentFolder(t, { documents: { 'a.md': `${SENTENCE}\n` }, env });

/** What the client knows for certain: only what the agent answered before it died. */
interface Known {
  taskId?: string;
  approved?: boolean;
}

const wholeTask = async (agent: Agent, known: Known): Promise<void> => {
  const task = await agent.submit('summarize user_docs/a.md and save it to outputs/a.md');
  known.taskId = String(task['task_id']);
  await agent.until(known.taskId, asksNow);
  const answer = await agent.post(`/v1/task/${known.taskId}/approve`, { approve_all: true });
  known.approved = answer.status === 200;
  await agent.until(known.taskId, isOver);
};

/**
 * What the log says of a task, less the entries that never became a row: a `task_resumed` names the last
 * entry that did, and what the task's other entries before it announce did not happen.
 */
const happened = (records: readonly JsonObject[]): readonly JsonObject[] => {
  let kept: { entry: number; record: JsonObject }[] = [];
  for (const [place, record] of records.entries()) {
    const data = record['data'] as JsonObject;
    if (record['event'] === 'task_resumed') {
      kept = kept.filter(
        (each) =>
          (each.record['data'] as JsonObject)['task_id'] !== data['task_id'] ||
          each.entry <= Number(data['store_entry']),
      );
    }
    kept.push({ entry: place + 1, record });
  }
  return kept.map(({ record }) => record);
};

const count = (records: readonly JsonObject[], event: string, stepId: unknown): number =>
  records.filter(
    (record) =>
      record['event'] === event &&
      (record['data'] as JsonObject | undefined)?.['step_id'] === stepId,
  ).length;

const checkAfterRestart = async (agent: Agent, known: Known, at: number): Promise<void> => {
  const where = `crash at point ${at}`;
  await agent.assertChainValid();
  const { body } = await agent.get('/v1/tasks');
  const tasks = body['tasks'] as readonly JsonObject[];
  if (known.taskId === undefined) {
    assert.ok(tasks.length <= 1, where);
  } else {
    assert.ok(
      tasks.some((task) => task['task_id'] === known.taskId),
      `${where}: an acknowledged task is lost`,
    );
  }
  const [listed] = tasks;
  if (listed === undefined) return;
  const id = String(listed['task_id']);
  // Whatever may still go on goes on: unasked questions are asked again, approvals hold.
  let task = await agent.until(id, (now) => isOver(now) || asksNow(now));
  if (asksNow(task)) {
    assert.ok(!known.approved, `${where}: an acknowledged approval is lost`);
    await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
    task = await agent.until(id, isOver);
  }
  const records = happened(await agent.audit());
  const write = step(task, 'write_file');
  for (const each of [write, step(task, 'summarize')]) {
    assert.ok(count(records, 'step_started', each['step_id']) <= 1, `${where}: a step ran twice`);
  }
  assert.ok(count(records, 'effect_intended', write['step_id']) <= 1, `${where}: an effect twice`);
  const written = await readdir(agent.folder.outputs);
  const visible = written.filter((name) => !name.startsWith('.'));
  if (task['status'] === 'completed') {
    assert.deepEqual(visible, ['a.md'], `${where}: completed without its file`);
  } else {
    assert.equal(task['status'], 'recovery_required', `${where}: ${JSON.stringify(task)}`);
    const codes = [write['code'], step(task, 'summarize')['code']];
    assert.ok(
      codes.includes('interrupted') || codes.includes('unknown_outcome'),
      `${where}: ${codes.join()}`,
    );
    if (visible.length > 0) {
      // Either nobody knows, or the log knows that it happened, and the message says so.
      const told = write['code'] === 'unknown_outcome' || /effect had/.test(String(write['error']));
      assert.ok(told, `${where}: a file of which the task says nothing: ${JSON.stringify(write)}`);
    }
  }
  if (visible.length > 0) {
    const text = await readFile(join(agent.folder.outputs, 'a.md'), 'utf8');
    assert.ok(text.includes(SENTENCE), `${where}: a torn file`);
  }
};

test('crash.matrix: killed at any durable point, nothing is lost, nothing happens twice, the chain verifies', async (t) => {
  const counting = await folderFor(t, { CRASH_AT: '0' });
  const counter = join(counting.stateFolder, 'count');
  const folder = { ...counting, env: { ...counting.env, CRASH_COUNT: counter } };
  const calm = await startAgentIn(t, folder, CRASHING);
  await wholeTask(calm, {});
  await calm.kill();
  const points = Number(await readFile(counter, 'utf8'));
  assert.ok(points > 30, `only ${points} durable points were seen`);

  for (let at = 1; at <= points; at += STRIDE) {
    const crashing = await folderFor(t, { CRASH_AT: String(at) });
    const known: Known = {};
    const doomed = await startAgentIn(t, crashing, CRASHING);
    await wholeTask(doomed, known).catch(() => undefined);
    await doomed.kill();
    const revived = await startAgentIn(t, crashing);
    await checkAfterRestart(revived, known, at);
    await revived.kill();
  }
});
