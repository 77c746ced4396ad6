import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { codeOf } from '../../core/broker/gateway/storage/unavailable.ts';
import { openWorkspace, type Workspace } from '../broker/gateway/storage/workspace.ts';
import { assertStillServes, fingerprint } from './outside-world.ts';

// Attack 98: another program (a checkout, an unpacker, a shared volume) puts a link where a file was, at every moment of
// an access: before its first open, its second, and so on until one access needs no more of them.

type Access = (workspace: Workspace) => Promise<unknown>;
const ACCESSES: Readonly<Record<string, Access>> = {
  read: ({ gateway, at, access }) => gateway.read(at('docs/sub/a'), access, { encoding: 'text' }),
  replace: ({ gateway, at, access }) =>
    gateway.replace(at('docs/sub/a'), access, Buffer.from('planted')),
  create: ({ gateway, at, access }) =>
    gateway.create(at('docs/sub/new'), access, Buffer.from('planted')),
  list: ({ gateway, at, access }) =>
    gateway.list(at('docs/sub'), { ...access, ceiling: 'low' }, {}),
  index: ({ gateway, at, access }) => gateway.folders.readForIndex(at('docs'), access, 'sub/a'),
  describe: ({ gateway, at }) => gateway.describe(at('docs/sub/a')),
};

/** One access with the link planted before its nth open; true when there was such an open. */
const plantedAt = async (
  test: Parameters<typeof openWorkspace>[0],
  access: Access,
  moment: number,
): Promise<boolean> => {
  let opens = Number.NEGATIVE_INFINITY;
  let plant = (): void => {};
  const workspace = await openWorkspace(test, {
    linux: (real) => ({
      ...real,
      openat2: (directory, path, how) => {
        opens += 1;
        if (opens === moment) plant();
        return real.openat2(directory, path, how);
      },
    }),
  });
  const { docs, outside, put } = workspace;
  put('docs/sub/a', 'inside');
  const secret = put('outside/secret', 'secret outside');
  put('outside/a', 'secret outside');
  const before = fingerprint(outside);
  plant = () => {
    renameSync(join(docs, 'sub/a'), join(docs, 'moved'));
    symlinkSync(secret, join(docs, 'sub/a'));
    symlinkSync(secret, join(docs, 'sub/new'));
  };
  opens = 0;
  const answer = await access(workspace).catch((thrown: unknown) => codeOf(thrown));
  const met = opens >= moment;
  opens = Number.NEGATIVE_INFINITY;
  assert.doesNotMatch(JSON.stringify(answer ?? null), /secret outside/);
  assert.equal(fingerprint(outside), before);
  assert.equal(readFileSync(secret, 'utf8'), 'secret outside');
  rmSync(join(docs, 'sub/a'), { force: true });
  await assertStillServes(workspace);
  return met;
};

for (const [name, access] of Object.entries(ACCESSES)) {
  it(`a link that is planted at any moment of a ${name} leads nowhere`, async (test) => {
    let moment = 1;
    while (await plantedAt(test, access, moment)) moment += 1;
    assert.ok(moment > 3, `${moment - 1} moments`);
  });
}
