import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { startAgentIn, step, testAgent } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { cellsOf } from '../harness/processes.ts';

const holdsIsolates = async (pid: number): Promise<boolean> =>
  /isolated[_-]vm/.test(await readFile(`/proc/${pid}/maps`, 'utf8'));

// That the broker's import graph holds no isolated-vm is proven over the sources in test/architecture.
test('cell.separate: while a step runs its isolate is in another process, and the broker maps no isolated-vm', async (t) => {
  const folder = await makeAgentFolder(t, { documents: { 'never.md': 'never as told\n' } });
  const agent = await startAgentIn(t, folder, testAgent('hostile'));
  const task = await agent.submit('summarize user_docs/never.md');
  await agent.untilRecorded('handle_call');
  const { body } = await agent.get(`/v1/task/${task['task_id']}`);
  assert.equal(step(body, 'summarize')['status'], 'running');

  assert.equal(await holdsIsolates(agent.pid), false);
  const children = await cellsOf(agent.pid);
  const cells = [];
  for (const child of children) if (await holdsIsolates(child)) cells.push(child);
  assert.ok(cells.length >= 1, `none of ${children.join(' ')} holds isolates`);
  for (const cell of cells) {
    assert.notEqual(cell, agent.pid);
    assert.equal(await readFile(`/proc/${cell}/environ`, 'latin1'), '', 'its environment is empty');
  }
});
