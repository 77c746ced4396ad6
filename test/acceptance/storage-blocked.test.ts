import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openWorkspace, type Workspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, fingerprint } from '../hazards/outside-world.ts';

const BLOCKED = [
  'docs/state',
  'docs/config/signing.key',
  'docs/logs/agent-audit',
  'docs/agent.yaml',
];
const HIDDEN = [
  ...['docs/state', 'docs/state/tasks.db', 'docs/state/deep/x', 'docs/config/signing.key'],
  ...['docs/config/signing.key.bak', 'docs/logs/agent-audit.jsonl', 'docs/agent.yaml'],
  ...['docs/logs/agent-audit.jsonl.checkpoint', 'docs/logs/agent-audit.20260101-000000.jsonl'],
];
const FILES = HIDDEN.filter((path) => path !== 'docs/state');

/** Every name and text that listing, walking and indexing show of a scope. */
const shown = async ({ gateway, access, at }: Workspace, scope: string): Promise<string> => {
  const seen: string[] = [];
  const limits = { maxFiles: 1000, maxDepth: 20, signal: new AbortController().signal };
  const folders = [scope];
  for (const folder of folders) {
    for (const entry of (await gateway.list(at(folder), access, {})).entries) {
      seen.push(`${folder}/${entry.name}`);
      if (entry.kind === 'folder') folders.push(`${folder}/${entry.name}`);
    }
  }
  for await (const { relative, display } of gateway.folders.walk(at(scope), access, limits)) {
    const indexed = await gateway.folders.readForIndex(at(scope), access, relative);
    seen.push(display, indexed?.text ?? '');
  }
  return seen.join('\n');
};

describe('storage.blocked', () => {
  it('list, search and index show neither name nor text of what is blocked, and no access reaches it', async (test) => {
    const workspace = await openWorkspace(test, { blocked: BLOCKED });
    const { at, put, docs, base } = workspace;
    for (const path of FILES) put(path, 'TOP SECRET');
    put('docs/statement.md', 'open');
    put('docs/config/signing-notes.md', 'open');
    symlinkSync('state', join(docs, 'alias'));
    linkSync(join(docs, 'config/signing.key'), join(docs, 'copy'));
    const before = fingerprint(base);
    const text = await shown(workspace, 'docs');
    assert.doesNotMatch(
      text,
      /SECRET|state(\/|$)|tasks|signing\.key|audit|agent\.yaml|alias|copy/m,
    );
    assert.match(text, /statement\.md/);
    assert.match(text, /signing-notes\.md/);
    for (const name of [...HIDDEN, 'docs/alias/tasks.db', 'docs/copy', 'docs/state/new'])
      await assertNoWayIn(workspace, at(name), name);
    assert.equal(fingerprint(base), before);
  });

  it('holds below a scope that itself lies in the state folder', async (test) => {
    const workspace = await openWorkspace(test, { blocked: ['.'] });
    workspace.put('docs/a', 'TOP SECRET');
    await assertNoWayIn(workspace, workspace.at('docs/a'), 'a scope in the state folder');
  });

  it('holds for the restore folder without being told', async (test) => {
    const workspace = await openWorkspace(test, { roots: ['restore'] });
    const { put, restore, raw } = workspace;
    put('restore/old', 'TOP SECRET');
    const access = { readable: [restore], writable: [restore], ceiling: 'high' } as const;
    const kept = { ...raw('old'), root: restore, absolute: `${restore}/old` };
    await assertNoWayIn({ ...workspace, access }, kept, 'the restore folder');
  });

  const skip = process.geteuid?.() === 0 ? false : 'only root can mount';
  it('holds for a second scope that is the same folder under another name', {
    skip,
  }, async (test) => {
    let alias = '';
    const workspace = await openWorkspace(test, {
      blocked: ['docs/state', 'docs/config/signing.key'],
      roots: ['alias'],
      prepare: (base) => {
        alias = join(base, 'alias');
        mkdirSync(alias);
        execFileSync('mount', ['--bind', join(base, 'docs'), alias]);
      },
    });
    try {
      const { put, gateway, raw } = workspace;
      put('docs/state/tasks.db', 'TOP SECRET');
      put('docs/config/signing.key', 'TOP SECRET');
      put('docs/plain', 'open');
      const access = { ...workspace.access, readable: [alias], writable: [alias] };
      const below = (relative: string) => ({
        ...raw(relative),
        root: alias,
        absolute: relative === '' ? alias : `${alias}/${relative}`,
      });
      for (const name of ['state', 'state/tasks.db', 'state/new', 'config/signing.key'])
        await assertNoWayIn({ ...workspace, access }, below(name), name);
      const { entries } = await gateway.list(below(''), access, {});
      assert.deepEqual(
        entries.map(({ name }) => name),
        ['config', 'plain'],
      );
      const plain = await gateway.read(below('plain'), access, { encoding: 'text' });
      assert.equal(plain.content, 'open');
    } finally {
      await workspace.gateway.close();
      execFileSync('umount', [alias]);
    }
  });
});
