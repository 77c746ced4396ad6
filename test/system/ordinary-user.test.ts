import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { isOver, SERVE, startAgentIn, step } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { cellsOf, childrenOf } from '../harness/processes.ts';
import { ORDINARY } from '../harness/without-root.ts';

// Root passes every mode check and may trace everybody, so what people run is tried as people run it.
const skip = process.getuid?.() === 0 ? false : 'only root can become another user';
const WITHOUT_ROOT = join(PACKAGE_ROOT, 'dist/test/harness/without-root.js');

const ALWAYS = { preferences: { read_file: 'always' } } as const;

const wordsOf = (status: string, field: string): readonly string[] =>
  (new RegExp(`^${field}:\\t(.*)$`, 'm').exec(status)?.[1] ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');

test('an agent that an ordinary user starts does its tasks behind the whole wall', {
  skip,
}, async (t) => {
  const folder = await makeAgentFolder(t, {
    documents: { 'a.md': 'Backups run every night. They are kept for thirty days.\n' },
  });
  execFileSync('chown', ['-R', `${ORDINARY}:${ORDINARY}`, folder.root]);
  const agent = await startAgentIn(t, folder, [WITHOUT_ROOT, SERVE, 'serve']);

  const summary = await agent.submit('summarize user_docs/a.md');
  const done = await agent.until(String(summary['task_id']), isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done));
  const found = await agent.submit('find what the documents say about backups');
  assert.equal((await agent.until(String(found['task_id']), isOver))['status'], 'completed');

  const { body } = await agent.get('/health');
  assert.equal(body['status'], 'ok');
  assert.equal(body['sandbox'], 'enforced');
  const cells = await cellsOf(agent.pid);
  assert.ok(cells.length >= 1);
  for (const pid of [agent.pid, ...(await childrenOf(agent.pid)), ...cells]) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    assert.deepEqual(wordsOf(status, 'Uid'), Array(4).fill(`${ORDINARY}`));
    assert.deepEqual(wordsOf(status, 'Gid'), Array(4).fill(`${ORDINARY}`));
    assert.deepEqual(wordsOf(status, 'Groups'), []);
    assert.deepEqual(wordsOf(status, 'CapEff'), ['0000000000000000']);
    assert.deepEqual(wordsOf(status, 'NoNewPrivs'), ['1']);
    assert.deepEqual(wordsOf(status, 'Seccomp'), ['2']);
  }
  await agent.assertChainValid();
  assert.equal(await agent.stop(), 0);
});

test('an agent that an ordinary user starts does not read what only root may, and says so in the step', {
  skip,
}, async (t) => {
  const folder = await makeAgentFolder(t, {
    documents: { 'roots.md': 'for root alone\n', 'a.md': 'for the agent\n' },
  });
  execFileSync('chown', ['-R', `${ORDINARY}:${ORDINARY}`, folder.root]);
  const forbidden = join(folder.documents, 'roots.md');
  execFileSync('chown', ['0:0', forbidden]);
  execFileSync('chmod', ['600', forbidden]);
  const agent = await startAgentIn(t, folder, [WITHOUT_ROOT, SERVE, 'serve']);
  const refused = await agent.submit('read user_docs/roots.md', ALWAYS);
  const over = await agent.until(String(refused['task_id']), isOver);
  assert.equal(over['status'], 'failed', JSON.stringify(over));
  assert.equal(JSON.stringify(over).includes('for root alone'), false);
  assert.notEqual(step(over, 'read_file')['code'], 'internal');
  const next = await agent.submit('read user_docs/a.md', ALWAYS);
  assert.equal((await agent.until(String(next['task_id']), isOver))['status'], 'completed');
});
