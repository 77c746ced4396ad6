import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';
import { isOver, launch, SERVE, startAgentIn } from '../../harness/agent.ts';
import { makeAgentFolder } from '../../harness/agent-folder.ts';

const without = (calls: string, ...options: readonly string[]): readonly string[] => [
  join(PACKAGE_ROOT, 'dist/test/harness/without-calls.js'),
  calls,
  SERVE,
  'serve',
  ...options,
];

for (const [layer, calls] of [
  ['landlock', 'landlock_create_ruleset'],
  ['seccomp', 'seccomp'],
] as const) {
  test(`serve refuses to start on a kernel without ${layer}, and names it`, async (t) => {
    const folder = await makeAgentFolder(t);
    const { child, said, exited } = launch(folder, without(calls));
    await exited;
    assert.equal(child.exitCode, 1);
    assert.match(said(), /sandbox_unavailable/);
    assert.match(said(), new RegExp(`\`${layer}\`: `));
  });
}

test('a weak start goes on without Landlock, runs a task, and says what is missing', async (t) => {
  const folder = await makeAgentFolder(t, {
    documents: { 'a.md': 'A text about locks.\n' },
    env: { SECAI_DEV_MODE: '1' },
  });
  const program = without('landlock_create_ruleset', '--allow-weak-sandbox');
  const agent = await startAgentIn(t, folder, program);
  const { wall, sandbox } = (await agent.get('/health')).body;
  assert.equal(sandbox, 'weak');
  assert.match(JSON.stringify(wall), /landlock of the broker/);
  assert.match(JSON.stringify(wall), /landlock: a cell/);
  const task = await agent.submit('summarize user_docs/a.md');
  const over = await agent.until(String(task['task_id']), isOver);
  assert.equal(over['status'], 'completed', JSON.stringify(over));
});
