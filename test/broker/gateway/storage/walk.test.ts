import assert from 'node:assert/strict';
import { linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { WalkedFile, WalkLimits } from '../../../../core/broker/gateway/storage/walk.ts';
import { byCodePoint } from '../../../../core/vocabulary/canonical.ts';
import { FOLDER_REFUSED, openWorkspace, refusal, type Workspace } from './workspace.ts';

const limits = (some: Partial<WalkLimits> = {}): WalkLimits => ({
  ...{ maxFiles: 1000, maxDepth: 20, signal: new AbortController().signal },
  ...some,
});

const walked = async (
  { gateway, at, access }: Workspace,
  name: string,
  some: Partial<WalkLimits> = {},
): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const { relative } of gateway.folders.walk(at(name), access, limits(some)))
    found.push(relative);
  return found;
};

describe('walk', () => {
  it('gives every file below a folder in the code point order of whole paths', async (test) => {
    const workspace = await openWorkspace(test);
    const paths = [
      'a-b',
      'a/x',
      'a.b',
      'a/b/c',
      'a0',
      'z',
      'B/y',
      'a\uff21/f',
      'a\u{1f600}/f',
      '.h',
    ];
    for (const path of paths) workspace.put(`docs/${path}`, path);
    assert.deepEqual(await walked(workspace, 'docs'), paths.toSorted(byCodePoint));
    assert.deepEqual(await walked(workspace, 'docs/a'), ['a/b/c', 'a/x']);
  });

  it('tells the display, the size and what tells a change of a file', async (test) => {
    const workspace = await openWorkspace(test);
    const { gateway, at, access, put } = workspace;
    put('docs/sub/deep/a', '12345');
    for (const folder of ['docs', 'docs/sub']) {
      const found: WalkedFile[] = [];
      for await (const file of gateway.folders.walk(at(folder), access, limits())) found.push(file);
      assert.deepEqual(
        found.map(({ relative, display, size }) => [relative, display, size]),
        [['sub/deep/a', 'docs/sub/deep/a', 5]],
      );
      assert.notEqual(found[0]?.version, found[1]?.version);
    }
  });

  it('gives neither links, hard links, odd names, unfinished files nor blocked ones', async (test) => {
    const workspace = await openWorkspace(test, { blocked: ['docs/state', 'docs/sub/key'] });
    const { put, docs, outside } = workspace;
    put('docs/ok', '');
    put('docs/state/tasks.db', '');
    put('docs/sub/key.pem', '');
    put('docs/sub/keynote', '');
    put('docs/e\u0301', '');
    put(`docs/.secai-${'0'.repeat(32)}.tmp`, '');
    put('outside/secret', '');
    symlinkSync(outside, join(docs, 'folder-link'));
    symlinkSync('ok', join(docs, 'link'));
    linkSync(join(outside, 'secret'), join(docs, 'hard'));
    assert.deepEqual(await walked(workspace, 'docs'), ['ok', 'sub/keynote']);
  });

  it('stops at its limits of files, folders and depth', async (test) => {
    const workspace = await openWorkspace(test);
    for (const path of ['a', 'b', 'c/d', 'c/e/f']) workspace.put(`docs/${path}`, '');
    assert.deepEqual(await walked(workspace, 'docs', { maxFiles: 2 }), ['a', 'b']);
    assert.deepEqual(await walked(workspace, 'docs', { maxDepth: 0 }), ['a', 'b']);
    assert.deepEqual(await walked(workspace, 'docs', { maxDepth: 1 }), ['a', 'b', 'c/d']);
    for (let n = 0; n < 50; n += 1) mkdirSync(join(workspace.docs, `empty${n}`));
    workspace.put('docs/zz/last', '');
    assert.deepEqual(
      (await walked(workspace, 'docs', { maxFiles: 20 })).includes('zz/last'),
      false,
    );
  });

  it('goes through three hundred folders in each other without recursion', async (test) => {
    const workspace = await openWorkspace(test);
    const deep = `${'d/'.repeat(300)}leaf`;
    workspace.put(`docs/${deep}`, '');
    assert.deepEqual(await walked(workspace, 'docs', { maxDepth: 2000, maxFiles: 2000 }), [deep]);
    assert.deepEqual(await walked(workspace, 'docs'), []);
  });

  it('ends when it is aborted', async (test) => {
    const workspace = await openWorkspace(test);
    const { gateway, at, access, put } = workspace;
    for (const name of ['a', 'b', 'c']) put(`docs/${name}`, '');
    const aborter = new AbortController();
    const seen: string[] = [];
    await assert.rejects(
      async () => {
        const signal = aborter.signal;
        for await (const { relative } of gateway.folders.walk(
          at('docs'),
          access,
          limits({ signal }),
        )) {
          seen.push(relative);
          aborter.abort();
        }
      },
      { name: 'AbortError' },
    );
    assert.deepEqual(seen, ['a']);
  });

  it('goes on when a folder vanishes, and refuses when the first is not there', async (test) => {
    const workspace = await openWorkspace(test);
    const { gateway, at, access, put, docs } = workspace;
    for (const path of ['a', 'b/x', 'c']) put(`docs/${path}`, '');
    const seen: string[] = [];
    for await (const { relative } of gateway.folders.walk(at('docs'), access, limits())) {
      seen.push(relative);
      rmSync(join(docs, 'b'), { recursive: true, force: true });
    }
    assert.deepEqual(seen, ['a', 'c']);
    await assert.rejects(walked(workspace, 'docs/none'), FOLDER_REFUSED);
    await assert.rejects(walked(workspace, 'docs/a'), FOLDER_REFUSED);
    const none = { ...workspace, access: { ...access, readable: [] } };
    await assert.rejects(walked(none, 'docs'), FOLDER_REFUSED);
  });
});

describe('readForIndex', () => {
  it('gives the text and label that reading gives', async (test) => {
    const { gateway, at, access, put } = await openWorkspace(test);
    put('docs/sub/a', 'näme someone@example.org');
    const read = await gateway.read(at('docs/sub/a'), access, { encoding: 'text' });
    const indexed = await gateway.folders.readForIndex(at('docs'), access, 'sub/a');
    assert.deepEqual(indexed, { text: read.content, label: read.label });
  });

  it('gives nothing for what reading refuses, for binary, and for what lies elsewhere', async (test) => {
    const { gateway, at, access, put, docs } = await openWorkspace(test, { blocked: ['docs/key'] });
    put('docs/bin', 'a\0b');
    put('docs/key', 'k');
    put('docs/sub/a', 'a');
    put('docs/other/a', 'a');
    truncateSync(put('docs/big', ''), 3 * 1024 * 1024);
    symlinkSync('sub/a', join(docs, 'link'));
    const { readForIndex } = gateway.folders;
    for (const name of ['bin', 'key', 'big', 'link', 'none', 'sub', '', '../docs/sub/a', 'sub//a'])
      assert.equal(await readForIndex(at('docs'), access, name), undefined, name);
    assert.equal(await readForIndex(at('docs/sub'), access, 'other/a'), undefined);
    assert.equal(await readForIndex(at('docs'), { ...access, readable: [] }, 'sub/a'), undefined);
    assert.equal(readFileSync(join(docs, 'sub/a'), 'utf8'), 'a');
  });

  it('says so when the storage itself fails', async (test) => {
    const broken = Object.assign(new Error('disk'), { code: 'EIO' });
    const { gateway, at, access, put } = await openWorkspace(test, {
      files: (real) => ({ ...real, read: () => Promise.reject(broken) }),
    });
    put('docs/a', 'a');
    await assert.rejects(
      gateway.folders.readForIndex(at('docs'), access, 'a'),
      refusal('storage_failed'),
    );
  });
});
