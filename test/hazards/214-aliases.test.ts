import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isJsonObject, type JsonObject } from '../../core/vocabulary/json.ts';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { startLightBroker } from '../harness/light-broker.ts';
import { assertNoWayIn, assertStillServes, fingerprint } from './outside-world.ts';

// Attack 214: another name for what is blocked. A name is refused where it is no plain one, and what was opened
// is asked for its device and inode, whatever it was called.

/** Spellings that some file system or library takes for `state/key`. */
const SPELLINGS = [
  'state./key',
  'state/key.',
  'state /key',
  'state/key ',
  'STATE/key',
  'State/KEY',
  'state/key/',
  'state//key',
  './state/key',
  'x/../state/key',
  'state/./key',
  'state\\key',
  'state%2fkey',
  '%73tate/key',
  'STATE~1/key',
  'state/key::$DATA',
  'state/key:stream',
  'ｓtate/key',
  'sta\u00adte/key',
  'state\u200b/key',
  'state/key\0.md',
];

test('no spelling and no link of a blocked file is a way to it', async (t) => {
  const workspace = await openWorkspace(t, { blocked: ['docs/state'] });
  const { put, docs, base, at, raw } = workspace;
  const key = put('docs/state/key', 'TOP SECRET');
  put('docs/x/ordinary', 'open');
  symlinkSync('state', join(docs, 'folder'));
  symlinkSync(key, join(docs, 'file'));
  symlinkSync('/proc/self/root', join(docs, 'root'));
  symlinkSync(`/proc/${process.pid}/cwd`, join(docs, 'cwd'));
  linkSync(key, join(docs, 'hard'));
  const before = fingerprint(base);
  for (const name of ['folder/key', 'file', 'hard', `root${key}`, `cwd${key}`]) {
    await assertNoWayIn(workspace, at(`docs/${name}`), name);
  }
  // Past the parser, as a broken caller would hand it over. One that makes a new file of the name is no way in.
  for (const name of [
    'state/key',
    ...SPELLINGS.filter((each) => /\.\.|^\.|\/\/|\/$|\0/.test(each)),
  ]) {
    await assertNoWayIn(workspace, raw(name), name);
  }
  for (const name of SPELLINGS) {
    const read = async () =>
      workspace.gateway.read(at(`docs/${name}`), workspace.access, { encoding: 'text' });
    await assert.rejects(read(), name);
  }
  for (const prefix of [
    '/proc/self/root',
    `/proc/${process.pid}/root`,
    '/proc/self/cwd/..',
    '/dev/fd/0/..',
    '//',
  ]) {
    assert.throws(() => at(`${prefix}${key}`), /refused/, prefix);
  }
  assert.equal(fingerprint(base), before);
  await assertStillServes(workspace);
});

const skip = process.geteuid?.() === 0 ? false : 'only root can mount';

test('neither a mount of a blocked folder elsewhere nor one over it is a way to it', {
  skip,
}, async (t) => {
  const workspace = await openWorkspace(t, { blocked: ['docs/state'] });
  const { put, docs, at, gateway, access } = workspace;
  const key = put('docs/state/key', 'TOP SECRET');
  mkdirSync(join(docs, 'again'));
  writeFileSync(join(docs, 'one'), '');
  const mounted: string[] = [];
  const mount = (...args: readonly string[]): void => {
    execFileSync('mount', args);
    mounted.push(args.at(-1) ?? '');
  };
  try {
    mount('--bind', join(docs, 'state'), join(docs, 'again'));
    mount('--bind', key, join(docs, 'one'));
    for (const name of ['again', 'again/key', 'one'])
      await assertNoWayIn(workspace, at(`docs/${name}`), name);
    // a fresh file system over the blocked folder has other inodes under the same names
    mount('-t', 'tmpfs', 'tmpfs', join(docs, 'state'));
    writeFileSync(key, 'another secret');
    for (const name of ['state', 'state/key', 'again/key'])
      await assertNoWayIn(workspace, at(`docs/${name}`), name);
    const { entries } = await gateway.list(at('docs'), access, {});
    assert.deepEqual(entries, []);
  } finally {
    for (const point of mounted.reverse()) execFileSync('umount', [point]);
  }
  await assertStillServes(workspace);
});

test("a task that names the agent's own files by an alias is refused on record, and the next one is not", async (t) => {
  const folder = await makeAgentFolder(t, { documents: { 'a.md': 'A file.\n' } });
  const broker = await startLightBroker(t, folder);
  const log = (): readonly JsonObject[] =>
    readFileSync(folder.auditLog, 'utf8')
      .trim()
      .split('\n')
      .map((line): JsonObject => JSON.parse(line));
  const run = async (intent: string) => {
    const submitted = await broker.tasks.submit(
      { intent, mode: 'standard', workspaces: ['user_docs'], preferences: { read_file: 'always' } },
      { peer: null },
    );
    const deadline = performance.now() + 20_000;
    for (;;) {
      const task = broker.tasks.get(submitted.task_id);
      assert.ok(task !== undefined && performance.now() < deadline, intent);
      if (task.completed_at !== null) return task;
      await pause(2);
    }
  };
  const token = join(folder.root, 'credentials/agent-ui.token');
  symlinkSync(token, join(folder.documents, 'notes.md'));
  linkSync(token, join(folder.documents, 'copy.md'));
  for (const name of [
    token,
    `/proc/self/root${token}`,
    `${folder.documents}/../credentials/agent-ui.token`,
    'user_docs/notes.md',
    'user_docs/copy.md',
    folder.auditLog,
  ]) {
    const task = await run(`read ${name}`);
    assert.equal(task.status, 'failed', `${name}: ${JSON.stringify(task)}`);
    const told = JSON.stringify([task, log()]) + broker.said();
    assert.ok(!told.includes(folder.token), name);
    const own = log().filter(
      ({ data }) => isJsonObject(data ?? null) && Object(data).task_id === task.task_id,
    );
    assert.equal(own.at(-1)?.['event'], 'task_completed');
    assert.ok(own.length >= 3, JSON.stringify(own));
  }
  assert.equal((await run('read user_docs/a.md')).status, 'completed');
});
