import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { asksNow, isOver, startAgentIn, steps } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { fingerprint } from './outside-world.ts';

// Attack 114: a workspace around everything that the broker itself lives by. Plugins and manifests come from the program,
// whose files belong to no workspace and to no user of the broker.

test('no task reads, lists or writes what the broker itself lives by, although a workspace is around it', async (t) => {
  const inner = await makeAgentFolder(t, { documents: { 'plain.md': 'plain words\n' } });
  const { root, env } = inner;
  const policy = inner.policyFile;
  writeFileSync(
    policy,
    `version: 1
workspaces:
  user_docs: ${root}
  outputs: ${inner.outputs}
workspace:
  readable: [${root}/**]
  writable: [${root}/**]
`,
    { mode: 0o600 },
  );
  const agent = await startAgentIn(t, inner);
  const own = [
    ...Object.entries(env)
      .filter(([name]) => /PATH$/.test(name))
      .map(([, path]) => path),
    join(root, 'run/agent.sock'),
    `${env['AUDIT_LOG_PATH']}.checkpoint`,
    join(root, 'state/anything'),
  ].map((path) => path.slice(root.length + 1));
  assert.ok(own.length >= 9, own.join());
  const before = [join(root, 'credentials'), join(root, 'policy')].map(fingerprint).join();
  const preferences = { read_file: 'always', write_file: 'always', overwrite_file: 'always' };
  for (const path of own) {
    const intents = [
      `read user_docs/${path}`,
      `save 'planted' to user_docs/${path}`,
      `overwrite user_docs/${path} with 'planted'`,
    ];
    for (const intent of intents) {
      const reply = await agent.post('/v1/task', { intent, preferences });
      if (reply.status !== 201) continue;
      const id = String(reply.body['task_id']);
      const task = await agent.until(id, (seen) => isOver(seen) || asksNow(seen));
      assert.equal(task['status'], 'failed', `${intent}: ${JSON.stringify(task)}`);
      for (const { code } of steps(task)) assert.equal(code, 'not_available');
    }
  }
  assert.equal([join(root, 'credentials'), join(root, 'policy')].map(fingerprint).join(), before);
  const plain = await agent.submit('read user_docs/user_docs/plain.md', { preferences });
  assert.equal((await agent.until(String(plain['task_id']), isOver))['status'], 'completed');
  await agent.assertChainValid();
});
