import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { isOver, launch, SERVE, startAgentIn } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { call } from '../harness/call.ts';

// Attack 215: a step of the wall's set-up fails, in whichever of the three processes, and the agent serves all the
// same. Each start here meets a kernel that lacks one call.

const WITHOUT = join(PACKAGE_ROOT, 'dist/test/harness/without-calls.js');

/** What is missing, and what of it stands in the reason. */
const CALLS: Readonly<Record<string, RegExp>> = {
  landlock_create_ruleset: /`landlock`/,
  landlock_restrict_self: /`landlock`/,
  seccomp: /`seccomp`/,
  // no limit for core files
  prlimit64: /`no_core`/,
  // the spawner cannot keep what it inherited from its cells
  close_range: /the spawner ended: .*ENOSYS/,
  // nor hand a cell over that it can end for certain
  pidfd_open: /pidfd_open failed/,
  // a cell cannot be held to its core
  sched_setaffinity: /sched_setaffinity failed/,
};

// That `serve` does not start without these two is a row of the acceptance as well.
const LONG = process.env['SECAI_LONG'] === '1';
const TRIED_ELSEWHERE: readonly string[] = ['landlock_create_ruleset', 'seccomp'];

for (const [name, reason] of Object.entries(CALLS)) {
  test(`a start whose kernel has no ${name} ends with a reason, and nobody was served`, {
    skip: TRIED_ELSEWHERE.includes(name) && !LONG ? 'runs with --long' : false,
  }, async (t) => {
    const folder = await makeAgentFolder(t);
    const { child, said, exited } = launch(folder, [WITHOUT, name, SERVE, 'serve']);
    const served: unknown[] = [];
    const look = setInterval(() => {
      call(folder.socket, '/health').then(
        (reply) => served.push(reply.status),
        () => {},
      );
    }, 50);
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await exited;
    clearInterval(look);
    clearTimeout(late);
    assert.equal(child.exitCode, 1, said());
    assert.match(said(), /sandbox_unavailable/);
    assert.match(said(), reason);
    assert.deepEqual(served, []);
  });
}

test('a start that failed leaves nothing behind that keeps the next one from serving', async (t) => {
  const folder = await makeAgentFolder(t, { documents: { 'a.md': 'A file.\n' } });
  const { child, exited } = launch(folder, [WITHOUT, 'seccomp', SERVE, 'serve']);
  await exited;
  assert.equal(child.exitCode, 1);
  const agent = await startAgentIn(t, folder);
  const task = await agent.submit('summarize user_docs/a.md');
  const done = await agent.until(String(task['task_id']), isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done));
  await agent.assertChainValid();
});
