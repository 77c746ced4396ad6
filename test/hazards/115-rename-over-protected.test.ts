import assert from 'node:assert/strict';
import { linkSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { FILE_REFUSED, openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertStillServes, fingerprint } from './outside-world.ts';

// Attack 115. No handle renames. The one rename that the gateway makes is from its own new file to the name that was
// decided on, inside one open folder: this is what may not land on anything else.

it('a write lands on no folder, link, hard link or blocked file, whichever verb it comes by', async (t) => {
  const workspace = await openWorkspace(t, { blocked: ['docs/token'] });
  const { gateway, access, at, put, docs, outside } = workspace;
  put('docs/token', 'secret');
  const secret = put('outside/secret', 'secret');
  linkSync(secret, join(docs, 'hard'));
  symlinkSync(secret, join(docs, 'link'));
  symlinkSync(join(outside, 'new'), join(docs, 'dangling'));
  mkdirSync(join(docs, 'folder'));
  const before = [docs, outside].map(fingerprint).join();
  for (const name of ['token', 'hard', 'link', 'dangling', 'folder', '.', 'folder/../token']) {
    for (const write of [gateway.create, gateway.replace]) {
      const resource = name.includes('.') ? workspace.raw(name) : at(`docs/${name}`);
      await assert.rejects(write(resource, access, Buffer.from('x')), FILE_REFUSED, name);
    }
  }
  assert.equal([docs, outside].map(fingerprint).join(), before);
  await assertStillServes(workspace);
});

it('what takes the name in the last moment before the rename is not replaced', async (t) => {
  let act = (): void => {};
  const workspace = await openWorkspace(t, {
    linux: (real) => ({
      ...real,
      renameWithin: (directory, from, to, how) => {
        act();
        real.renameWithin(directory, from, to, how);
      },
    }),
  });
  const { gateway, access, at, put, docs, outside } = workspace;
  put('outside/secret', 'secret');
  const arrivals: Readonly<Record<string, (path: string) => void>> = {
    file: (path) => void put(path.slice(docs.length - 4), 'theirs'),
    link: (path) => symlinkSync(join(outside, 'secret'), path),
    folder: (path) => mkdirSync(path),
  };
  for (const [kind, arrive] of Object.entries(arrivals)) {
    const path = join(docs, kind);
    act = () => arrive(path);
    await assert.rejects(gateway.create(at(`docs/${kind}`), access, Buffer.from('ours')), kind);
    act = () => {};
    if (kind === 'file') assert.equal(readFileSync(path, 'utf8'), 'theirs');
    if (kind === 'link') assert.ok(lstatSync(path).isSymbolicLink());
    if (kind === 'folder') assert.ok(lstatSync(path).isDirectory());
  }
  assert.equal(readFileSync(join(outside, 'secret'), 'utf8'), 'secret');
  await assertStillServes(workspace);
});
