import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { test } from 'node:test';
import { isOver, startAgent, step } from '../harness/agent.ts';
import { canariesIn, makeCanary } from '../harness/canaries.ts';
import { cellsOf, childrenOf } from '../harness/processes.ts';

const asRoot = process.geteuid?.() === 0;
const CHUNK = 1 << 20;

/** All that a process holds in memory that it may write to, read as a tracer would. */
const memoryOf = (pid: number): Buffer => {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const chunks: Buffer[] = [];
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    if (from === '') continue;
    const end = Number.parseInt(to, 16);
    for (let at = Number.parseInt(from, 16); at < end; at += CHUNK) {
      const chunk = Buffer.alloc(Math.min(CHUNK, end - at));
      try {
        readSync(memory, chunk, 0, chunk.length, at);
        chunks.push(chunk);
      } catch {
        // reserved and not there
      }
    }
  }
  closeSync(memory);
  return Buffer.concat(chunks);
};

test('broker, spawner and cell leave no core, show their memory to no one of their user, and a cell holds no secret', async (t) => {
  const secret = makeCanary('environment');
  const agent = await startAgent(t, {
    documents: { 'a.md': 'an ordinary document\n' },
    env: { SECAI_CANARY: secret.secret },
  });
  const run = async () => {
    const task = await agent.submit('summarize user_docs/a.md');
    return agent.until(String(task['task_id']), isOver);
  };
  assert.equal((await run())['status'], 'completed');
  const [spawner = 0] = await childrenOf(agent.pid);
  const [cell = 0] = await cellsOf(agent.pid);
  for (const pid of [agent.pid, spawner, cell]) {
    const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
    assert.match(limits, /^Max core file size +0 +0 /m);
  }
  if (asRoot) {
    // What is not dumpable belongs to root, whoever runs it: its own user may not look.
    const { stderr } = spawnSync('cat', [`/proc/${cell}/environ`, `/proc/${cell}/maps`], {
      uid: 65_534,
      gid: 65_534,
      encoding: 'utf8',
    });
    assert.equal(stderr.match(/Permission denied/g)?.length, 2, stderr);
    const memory = memoryOf(cell).toString('latin1');
    assert.ok(memory.length > CHUNK && memory.includes('storage'), `${memory.length}`);
    const tokens = [agent.folder.token, agent.folder.containmentToken].map((value) => ({
      name: 'token',
      secret: value,
    }));
    const key = readFileSync(agent.folder.auditKey, 'utf8').trim();
    assert.deepEqual(canariesIn(memory, [secret, ...tokens, { name: 'key', secret: key }]), []);
  } else {
    for (const name of ['environ', 'maps', 'mem']) {
      assert.throws(() => readFileSync(`/proc/${cell}/${name}`), { code: 'EACCES' });
    }
  }

  const before = ['/', '/tmp', process.cwd()].map((folder) =>
    readdirSync(folder).filter((name) => name.startsWith('core')),
  );
  process.kill(cell, 'SIGSEGV');
  const task = await run();
  // The cell may have been the one that was given the step.
  assert.ok(['completed', 'failed'].includes(String(task['status'])));
  if (task['status'] === 'failed') assert.equal(step(task, 'summarize')['code'], 'crash');
  assert.equal((await run())['status'], 'completed');
  const after = ['/', '/tmp', process.cwd()].map((folder) =>
    readdirSync(folder).filter((name) => name.startsWith('core')),
  );
  assert.deepEqual(after, before);
  await agent.assertChainValid();
});
