import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOver, startAgent } from '../harness/agent.ts';
import { residentBytes } from '../harness/processes.ts';

const LONG = process.env['SECAI_LONG'] === '1';
const CLIENTS = LONG ? 64 : 16;
const TASKS = LONG ? 500 : 60;

test(`load.tasks: ${CLIENTS} clients bring ${TASKS} tasks and every one of them completes`, async (t) => {
  const agent = await startAgent(t, {
    documents: { 'a.md': 'Backups run every night. They are kept for thirty days.\n' },
    env: { AGENT_TASK_HISTORY_LIMIT: '600' },
  });
  let left = TASKS;
  const sizes: number[] = [];
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const task = await agent.submit('summarize user_docs/a.md');
      const done = await agent.until(String(task['task_id']), isOver, 120_000);
      assert.equal(done['status'], 'completed', JSON.stringify(done));
      if (left % Math.ceil(TASKS / 10) === 0) sizes.push(await residentBytes(agent.pid));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));

  const { body } = await agent.get('/health');
  assert.equal(body['total_tasks'], TASKS);
  const half = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const last = sizes.at(-1) ?? 0;
  assert.ok(last < half * 1.3, `memory levels off: ${sizes.join(' ')}`);
  await agent.assertChainValid();
});
