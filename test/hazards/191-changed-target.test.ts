import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Agent, asksNow, isOver, startAgent, step } from '../harness/agent.ts';

// Attacks 101, 190 and 191: a person agrees to replace one file, and another stands there when it happens.

const overwrite = async (agent: Agent, meanwhile: (file: string) => Promise<void>) => {
  const file = join(agent.folder.outputs, 'x.txt');
  await writeFile(file, 'nine byte');
  const submitted = await agent.submit("overwrite outputs/x.txt with 'new'");
  const id = String(submitted['task_id']);
  const asking = await agent.until(id, asksNow);
  assert.match(String(step(asking, 'overwrite_file')['description']), /3 bytes, was 9 bytes/);
  await meanwhile(file);
  await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  return { task: await agent.until(id, isOver), file };
};

test('a file that changed since the question is not replaced, and the next task replaces it', async (t) => {
  const agent = await startAgent(t);
  const changes: Readonly<Record<string, (file: string) => Promise<void>>> = {
    'written to': (file) => writeFile(file, 'a whole year of work'),
    'changed in place, to the same size': (file) => writeFile(file, 'nine BYTE'),
    'swapped for another': async (file) => {
      await writeFile(`${file}.other`, 'nine byte');
      await rename(`${file}.other`, file);
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    let expected = '';
    const { task, file } = await overwrite(agent, async (path) => {
      await change(path);
      expected = await readFile(path, 'utf8');
    });
    assert.equal(step(task, 'overwrite_file')['code'], 'approval_stale', what);
    assert.equal(await readFile(file, 'utf8'), expected, what);
  }
  const records = await agent.audit();
  const stale = records.filter(
    ({ data }) => (data as { code?: string } | undefined)?.code === 'approval_stale',
  );
  assert.equal(stale.length, 3);
  assert.ok(records.every(({ event }) => event !== 'effect_intended'));

  const { task, file } = await overwrite(agent, async () => {});
  assert.equal(task['status'], 'completed', JSON.stringify(task));
  assert.equal(await readFile(file, 'utf8'), 'new');
  await agent.assertChainValid();
});
