import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isOver, startAgent, step, steps } from '../harness/agent.ts';

// Attack 88. A guess at a handle from inside is a violation (attack 119); files are asked after in attack 116.

test('a guess at a task or a step is answered like any other guess, near or far', async (t) => {
  const agent = await startAgent(t, { documents: { 'a.md': 'text\n' } });
  const submitted = await agent.submit('read user_docs/a.md', {
    preferences: { read_file: 'always' },
  });
  const id = String(submitted['task_id']);
  const done = await agent.until(id, isOver);
  const [read] = steps(done);
  const stepId = String(read?.['step_id']);
  const near = (text: string): string => `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;
  const other = (await agent.submit('read user_docs/a.md'))['task_id'];

  const guesses = [
    near(id),
    id.slice(1),
    `${id}0`,
    id.toUpperCase(),
    '0'.repeat(id.length),
    stepId,
  ];
  const replies = await Promise.all(guesses.map((guess) => agent.get(`/v1/task/${guess}`)));
  assert.deepEqual(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size, 1);
  assert.equal(replies[0]?.status, 404);

  // A step that is another task's is no different from one that is nobody's.
  const summaries = [near(stepId), '0'.repeat(stepId.length), id];
  const told = await Promise.all([
    agent.get(`/v1/task/${String(other)}/steps/${stepId}`),
    ...summaries.map((guess) => agent.get(`/v1/task/${String(other)}/steps/${guess}`)),
  ]);
  assert.equal(new Set(told.map(({ status, text }) => `${status} ${text}`)).size, 1, told[0]?.text);
});

test('whether a file outside lies there is not told by the refusal of a task that names it', async (t) => {
  const agent = await startAgent(t, { documents: { 'a.md': 'text\n' } });
  const { root } = agent.folder;
  writeFileSync(join(root, 'there.md'), 'secret');
  const ends = [];
  for (const name of ['there.md', 'not-there.md']) {
    const reply = await agent.post('/v1/task', {
      intent: `read ${join(root, name)}`,
      preferences: { read_file: 'always' },
    });
    if (reply.status !== 201) {
      ends.push(`${reply.status} ${reply.text}`.replaceAll(name, 'NAME'));
      continue;
    }
    const task = await agent.until(String(reply.body['task_id']), isOver);
    const { status, error, code } = step(task, 'read_file');
    ends.push(JSON.stringify({ status, error, code }).replaceAll(name, 'NAME'));
  }
  assert.equal(new Set(ends).size, 1, ends.join('\n'));
  await agent.assertChainValid();
});
