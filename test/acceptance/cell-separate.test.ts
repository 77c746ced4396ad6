import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { isOver, startAgent } from '../harness/agent.ts';
import { childrenOf } from '../harness/processes.ts';

const mapsOf = (pid: number | string): Promise<string> => readFile(`/proc/${pid}/maps`, 'utf8');

// That the broker's import graph holds no isolated-vm is proven over the sources in test/architecture.
test('cell.separate: steps run in other processes, and the broker never maps isolated-vm', async (t) => {
  const agent = await startAgent(t, { documents: { 'a.md': 'One sentence about backups.\n' } });
  const task = await agent.submit('summarize user_docs/a.md');
  const done = await agent.until(String(task['task_id']), isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done));

  assert.doesNotMatch(await mapsOf(agent.pid), /isolated_vm|isolated-vm/);
  const cells = await childrenOf(agent.pid);
  assert.ok(cells.length > 0, 'there is a cell');
  for (const cell of cells) {
    assert.match(await mapsOf(cell), /isolated_vm|isolated-vm/);
    assert.equal(await readFile(`/proc/${cell}/environ`, 'latin1'), '', 'its environment is empty');
  }
});
