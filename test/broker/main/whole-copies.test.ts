import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { isOver, startAgent, step } from '../../harness/agent.ts';

const ROOM = `budgets:
  standard: { max_steps: 9, max_tool_calls: 9, max_tokens: 9, max_wall_clock_seconds: 60, max_files_touched: 9, max_output_bytes: 9000000 }
`;
const ALWAYS = { preferences: { read_file: 'always', write_file: 'always' } };

test('a copy is whole or it is not made: neither the beginning of a long file nor bytes that are no text are passed on', async (t) => {
  const agent = await startAgent(t, {
    documents: { 'long.md': 'Backups run every night. '.repeat(60_000), 'short.md': 'größe\n' },
    policy: ROOM,
  });
  const { documents, outputs } = agent.folder;
  await writeFile(join(documents, 'picture.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0]));
  const end = async (intent: string) =>
    agent.until(String((await agent.submit(intent, ALWAYS))['task_id']), isOver);

  const long = await end('copy user_docs/long.md to outputs/long.md');
  assert.match(String(step(long, 'read_file')['error']), /cannot be passed on whole: at most/);
  assert.equal(step(long, 'write_file')['status'], 'skipped');
  const picture = await end('read user_docs/picture.png and save it to outputs/picture.png');
  assert.match(String(step(picture, 'read_file')['error']), /not UTF-8 text/);
  assert.deepEqual(await readdir(outputs), []);

  assert.equal((await end('read user_docs/long.md'))['status'], 'completed', 'to look at');
  await end('read user_docs/short.md and save it to outputs/short.md');
  assert.equal(await readFile(join(outputs, 'short.md'), 'utf8'), 'größe\n');
});
