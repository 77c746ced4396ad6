import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { startAgent } from '../harness/agent.ts';
import { cellsOf } from '../harness/processes.ts';

const SETS = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'] as const;

/** A field of `/proc/PID/status`, its words one by one. */
const wordsOf = (status: string, field: string): readonly string[] =>
  (new RegExp(`^${field}:\\t(.*)$`, 'm').exec(status)?.[1] ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');

test('wall.unprivileged: a cell has an ordinary user and group, no groups and no capability, whoever started the agent', async (t) => {
  const agent = await startAgent(t);
  const [cell = 0] = await cellsOf(agent.pid);
  const status = await readFile(`/proc/${cell}/status`, 'utf8');
  const asRoot = process.getuid?.() === 0;
  for (const field of ['Uid', 'Gid']) {
    const ids = wordsOf(status, field);
    assert.equal(ids.length, 4);
    assert.equal(new Set(ids).size, 1, `real, effective, saved and file system ${field} agree`);
    assert.notEqual(ids[0], '0');
  }
  if (asRoot) assert.deepEqual(wordsOf(status, 'Groups'), []);
  // An ordinary user has no capability to give up, and may not empty the bounding set: there no_new_privs
  // alone keeps a program file from giving any.
  for (const set of SETS.filter((name) => asRoot || name !== 'CapBnd')) {
    assert.deepEqual(wordsOf(status, set), ['0000000000000000'], set);
  }
});
