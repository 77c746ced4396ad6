import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Agent, isOver, SERVE, startAgentIn } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { amongMountsOf, withOwnMounts } from '../harness/own-mounts.ts';

// Attacks 105 and 214 on a whole agent that already serves: somebody mounts over what it may read.
const skip = process.getuid?.() === 0 ? false : 'only root can mount';

const READ = { preferences: { read_file: 'always' } } as const;

const read = async (agent: Agent, name: string): Promise<string> => {
  const submitted = await agent.submit(`read user_docs/${name}`, READ);
  const task = await agent.until(String(submitted['task_id']), isOver);
  return `${String(task['status'])} ${JSON.stringify(task)}`;
};

test('what is mounted into a scope while the agent serves is refused, and what lies beside it is read', {
  skip,
}, async (t) => {
  const folder = await makeAgentFolder(t, {
    documents: {
      'a.md': 'the first file\n',
      'sub/b.md': 'the file below\n',
      'key.md': 'nothing secret\n',
      'real/c.md': 'the real one\n',
    },
  });
  const at = (...names: readonly string[]) => join(folder.documents, ...names);
  for (const name of ['creds', 'same', 'state']) await mkdir(at(name));
  const key = (await readFile(folder.auditKey, 'utf8')).trim();
  const agent = await startAgentIn(t, folder, withOwnMounts([SERVE, 'serve']));
  assert.match(await read(agent, 'sub/b.md'), /^completed .*the file below/);

  const inside = (...command: readonly string[]) => amongMountsOf(agent.pid, command);
  const points = [at('sub'), at('key.md'), at('creds'), at('same'), at('state')];
  inside('mount', '-t', 'tmpfs', 'tmpfs', at('sub'));
  inside('sh', '-c', `echo planted > ${at('sub/b.md')}`);
  inside('mount', '--bind', folder.auditKey, at('key.md'));
  inside('mount', '--bind', join(folder.root, 'credentials'), at('creds'));
  inside('mount', '--bind', at('real'), at('same'));
  inside('mount', '--bind', folder.stateFolder, at('state'));
  for (const name of [
    'sub/b.md',
    'key.md',
    'creds/agent-audit-hmac.key',
    'same/c.md',
    'state/tasks.db',
  ]) {
    const told = await read(agent, name);
    assert.match(told, /^(failed|cancelled) /, name);
    for (const secret of ['planted', key, 'the real one', 'SQLite format']) {
      assert.equal(told.includes(secret), false, `${name} told \`${secret}\``);
    }
  }
  assert.match(await read(agent, 'a.md'), /^completed .*the first file/);
  assert.match(await read(agent, 'real/c.md'), /^completed .*the real one/);

  for (const point of points) inside('umount', point);
  assert.match(await read(agent, 'sub/b.md'), /^completed .*the file below/);
  await agent.assertChainValid();
});

test('what is mounted over a whole scope while the agent serves is never read', {
  skip,
}, async (t) => {
  const folder = await makeAgentFolder(t, { documents: { 'a.md': 'what was granted\n' } });
  const agent = await startAgentIn(t, folder, withOwnMounts([SERVE, 'serve']));
  assert.match(await read(agent, 'a.md'), /^completed .*what was granted/);
  amongMountsOf(agent.pid, ['mount', '-t', 'tmpfs', 'tmpfs', folder.documents]);
  amongMountsOf(agent.pid, ['sh', '-c', `echo planted > ${join(folder.documents, 'a.md')}`]);
  const told = await read(agent, 'a.md');
  assert.equal(told.includes('planted'), false, told);
  amongMountsOf(agent.pid, ['umount', folder.documents]);
  assert.match(await read(agent, 'a.md'), /^completed .*what was granted/);
  // Only the agent has these mounts; here nothing changed.
  await writeFile(join(folder.documents, 'b.md'), 'a new one\n');
  assert.match(await read(agent, 'b.md'), /^completed .*a new one/);
});
