import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isOver, startAgent, startAgentIn, testAgent } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { cellsOf, childrenOf } from '../harness/processes.ts';

/** What the kernel says of every thread of a process. */
const threadsOf = async (pid: number): Promise<readonly string[]> => {
  const threads = await readdir(`/proc/${pid}/task`);
  return Promise.all(threads.map((id) => readFile(`/proc/${pid}/task/${id}/status`, 'utf8')));
};

test('wall.broker_locked: every thread of broker, spawner and cell has no_new_privs and a filter', async (t) => {
  const agent = await startAgent(t, { documents: { 'a.md': 'A text about locks.\n' } });
  // A search and a summary bring the pool, the thread of the index and a second cell to life.
  for (const intent of ['find what the documents say about locks', 'summarize user_docs/a.md']) {
    const task = await agent.submit(intent);
    const over = await agent.until(String(task['task_id']), isOver);
    assert.equal(over['status'], 'completed', JSON.stringify(over));
  }
  const spawners = await childrenOf(agent.pid);
  const cells = await cellsOf(agent.pid);
  assert.equal(spawners.length, 1, 'the spawner is the only child of the broker');
  assert.ok(cells.length >= 1);
  for (const pid of [agent.pid, ...spawners, ...cells]) {
    const threads = await threadsOf(pid);
    assert.ok(threads.length > 1);
    for (const status of threads) {
      assert.match(status, /^NoNewPrivs:\t1$/m);
      assert.match(status, /^Seccomp:\t2$/m);
    }
  }
  assert.deepEqual((await agent.get('/health')).body['sandbox'], 'enforced');
  assert.equal(await agent.stop(), 0);
});

test('wall.broker_locked: a file outside, another address and an exec are refused on every thread', async (t) => {
  const made = await makeAgentFolder(t);
  const outside = join(made.root, 'outside.txt');
  await writeFile(outside, 'nobody gave this to the agent\n', { mode: 0o644 });
  const folder = { ...made, env: { ...made.env, TRY_FILE: outside } };
  const agent = await startAgentIn(t, folder, testAgent('trying'));
  const told = (): string | undefined =>
    agent
      .said()
      .split('\n')
      .find((line) => line.startsWith('{"tried"'));
  const deadline = Date.now() + 20_000;
  while (told() === undefined && Date.now() < deadline) await pause(20);
  const { tried } = JSON.parse(told() ?? '{}');
  const refused = {
    read: 'EACCES',
    'read system file': 'EACCES',
    'read from the pool': 'EACCES',
    exec: 'EPERM',
    'exec itself': 'EPERM',
    'connect elsewhere': 'EACCES',
    'connect over IPv6': 'EPERM',
    'datagram socket': 'EPERM',
  };
  assert.deepEqual(tried, { main: refused, worker: refused });
});
