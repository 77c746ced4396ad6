import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { asksNow, isOver, startAgent, step } from '../harness/agent.ts';

const DOCUMENTS = {
  'backups.md':
    'Backups run every night.\nA backup is kept for thirty days. Restores are tested.\n',
  'other.md': 'Nothing of interest stands here.\n',
};

test('approval.sentence: a person reads the resolved file, new or replaced, and its size, and approves those bytes', async (t) => {
  const agent = await startAgent(t, { documents: DOCUMENTS });
  const submitted = await agent.submit('find notes on backups and write a report to outputs/b.md');
  const id = String(submitted['task_id']);
  const asking = await agent.until(id, asksNow);
  const write = step(asking, 'write_file');
  assert.match(
    String(write['description']),
    /^write 1 file: outputs\/b\.md \(new, \d+ (bytes|KB)\)$/,
  );
  assert.doesNotMatch(String(write['description']), /[<>&'"]|[^ -~]/);

  const approved = await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  assert.equal(approved.status, 200, approved.text);
  const done = await agent.until(id, isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done));

  const report = await agent.get(`/v1/task/${id}/steps/${step(done, 'report')['step_id']}/result`);
  const output = report.body['output'] as { text: string };
  assert.equal(await readFile(join(agent.folder.outputs, 'b.md'), 'utf8'), output.text);

  const records = await agent.audit();
  const offered = records.find(({ event }) => event === 'step_offered');
  const answered = records.find(({ event }) => event === 'steps_approved');
  const dataOf = (record: JsonObject | undefined) => record?.['data'] as JsonObject;
  assert.deepEqual(dataOf(answered)['step_digests'], [dataOf(offered)['step_digest']]);
  await agent.assertChainValid();
});

test('approval.sentence: replacing a file says so, with both sizes', async (t) => {
  const agent = await startAgent(t);
  await writeFile(join(agent.folder.outputs, 'x.txt'), 'old text\n');
  const task = await agent.submit("overwrite outputs/x.txt with 'new'");
  const sentence = String(step(task, 'overwrite_file')['description']);
  assert.match(sentence, /^replace 1 file: outputs\/x\.txt \(3 bytes, was 9 bytes\)$/);
  const id = String(task['task_id']);
  await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
  await agent.until(id, isOver);
  assert.equal(await readFile(join(agent.folder.outputs, 'x.txt'), 'utf8'), 'new');
});
