import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { type Agent, isOver, startAgent, startAgentIn, steps } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { fingerprint } from '../hazards/outside-world.ts';

// The two rows of the storage gateway once more, through a whole agent: a person's intent names the places,
// no approval stands in between, and what is seen is what the API shows.

const ALWAYS = { preferences: { read_file: 'always', write_file: 'always' } };
const isRoot = process.geteuid?.() === 0;

const endOf = async (agent: Agent, intent: string): Promise<JsonObject> => {
  const task = await agent.submit(intent, ALWAYS);
  const [only, ...others] = steps(await agent.until(String(task['task_id']), isOver));
  assert.ok(only !== undefined && others.length === 0, intent);
  return only;
};

/** Refused without a hint at what is there: by policy where the name shows it, else by the gateway. */
const assertRefusedAlike = async (agent: Agent, intents: readonly string[]): Promise<void> => {
  for (const intent of intents) {
    const { code, error, rule } = await endOf(agent, intent);
    if (code === 'policy_denied') assert.equal(rule, 'unresolvable', `${intent}: ${error}`);
    else assert.deepEqual([code, error], ['not_available', 'file not available'], intent);
  }
};

test('storage.escape: no intent leads out of a scope, whatever lies in it', async (t) => {
  const agent = await startAgent(t);
  const { root, documents, outputs } = agent.folder;
  const outside = join(root, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret.md'), 'TOP SECRET\n');
  for (const scope of [documents, outputs]) {
    symlinkSync(join(outside, 'secret.md'), join(scope, 'link.md'));
    symlinkSync(outside, join(scope, 'folder'));
    linkSync(join(outside, 'secret.md'), join(scope, 'hard.md'));
    execFileSync('mkfifo', [join(scope, 'fifo.md')]);
    mkdirSync(join(scope, 'mount'));
    if (isRoot) execFileSync('mknod', [join(scope, 'device.md'), 'c', '1', '5']);
  }
  const before = fingerprint(outside);
  const mounts = isRoot ? [documents, outputs].map((scope) => join(scope, 'mount')) : [];
  for (const mount of mounts) execFileSync('mount', ['--bind', outside, mount]);
  try {
    const names = ['link.md', 'folder/secret.md', 'hard.md', 'fifo.md', 'mount/secret.md'];
    if (isRoot) names.push('device.md');
    await assertRefusedAlike(agent, [
      ...[...names, 'missing.md', '../outside/secret.md'].flatMap((name) => [
        `read user_docs/${name}`,
        `summarize user_docs/${name}`,
      ]),
      ...['folder/new.md', 'mount/new.md', '../outside/new.md', 'missing/new.md'].map(
        (name) => `save 'text' to outputs/${name}`,
      ),
      `read ${outside}/secret.md`,
      'read /etc/hostname',
      `save 'text' to ${outside}/new.md`,
    ]);
    // A name that is taken, by whatever it is, is never written through.
    for (const name of names) {
      const { status } = await endOf(agent, `save 'text' to outputs/${name}`);
      assert.notEqual(status, 'completed', name);
    }
    const found = await endOf(agent, 'find TOP SECRET');
    assert.doesNotMatch(JSON.stringify(found['result']), /SECRET\\n|secret\.md|link\.md|hard\.md/);
  } finally {
    for (const mount of mounts) execFileSync('umount', [mount]);
  }
  assert.equal(fingerprint(outside), before);
  await agent.assertChainValid();
});

/** An agent whose workspace is the folder that holds its own state, keys, policy and log. */
const startInside = async (t: TestContext): Promise<Agent> => {
  const folder = await makeAgentFolder(t);
  const policy = await readFile(folder.policyFile, 'utf8');
  const whole = policy
    .replaceAll(folder.documents, folder.root)
    .replace(/writable: .*/, `writable: [${folder.root}/**]`);
  await writeFile(folder.policyFile, whole);
  await writeFile(join(folder.root, 'open.md'), 'An agent has a signing key and workspaces.\n');
  return startAgentIn(t, folder);
};

test('storage.blocked: a workspace around the agent itself shows and gives away nothing of it', async (t) => {
  const agent = await startInside(t);
  const { folder } = agent;
  const own = [
    ...Object.values(folder.env).filter((value) => value.startsWith(folder.root)),
    `${folder.auditLog}.checkpoint`,
    join(folder.stateFolder, 'tasks.db'),
    join(folder.stateFolder, 'restore'),
  ].map((path) => `user_docs${path.slice(folder.root.length)}`);
  assert.ok(own.length > 8);
  await assertRefusedAlike(
    agent,
    own.flatMap((path) => [`read ${path}`, `summarize ${path}`]),
  );
  for (const path of ['state/new.md', 'state/restore/new.md', 'logs/new.md', 'policy/agent.yaml']) {
    const { status } = await endOf(agent, `save 'text' to user_docs/${path}`);
    assert.equal(status, 'failed', path);
  }
  for (const words of ['signing key', 'workspaces version', 'service_started', folder.token]) {
    const { result } = await endOf(agent, `find ${words}`);
    const text = JSON.stringify(result);
    assert.doesNotMatch(text, /agent\.yaml|credentials|logs\/|tasks\.db|hmac-sha256|version: 1/);
  }
  const { result } = await endOf(agent, 'find signing key');
  assert.match(JSON.stringify(result), /open\.md/);
  assert.deepEqual(readdirSync(folder.stateFolder).sort(), ['restore', 'tasks.db', 'tasks.db-wal']);
  await agent.assertChainValid();
});
