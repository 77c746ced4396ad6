import assert from 'node:assert/strict';
import { readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { codeOf } from '../../core/broker/gateway/storage/unavailable.ts';
import { openWorkspace, type Workspace } from '../broker/gateway/storage/workspace.ts';
import { fingerprint } from './outside-world.ts';

// Attack 99: a folder is swapped for a link between a check and an open. A race that runs against a swapping program is
// part of the acceptance; here the swap is made before every single open of an access, one after another.

type Access = (workspace: Workspace) => Promise<unknown>;
const ACCESSES: Readonly<Record<string, Access>> = {
  read: ({ gateway, at, access }) =>
    gateway.read(at('docs/one/two/a'), access, { encoding: 'text' }),
  create: ({ gateway, at, access }) =>
    gateway.create(at('docs/one/two/new'), access, Buffer.from('planted')),
  replace: ({ gateway, at, access }) =>
    gateway.replace(at('docs/one/two/a'), access, Buffer.from('planted')),
  list: ({ gateway, at, access }) => gateway.list(at('docs/one/two'), access, {}),
};

const swappedAt = async (
  test: Parameters<typeof openWorkspace>[0],
  access: Access,
  folder: string,
  moment: number,
): Promise<boolean> => {
  let opens = Number.NEGATIVE_INFINITY;
  let swap = (): void => {};
  const workspace = await openWorkspace(test, {
    linux: (real) => ({
      ...real,
      openat2: (directory, path, how) => {
        opens += 1;
        if (opens === moment) swap();
        return real.openat2(directory, path, how);
      },
    }),
  });
  const { docs, outside, put } = workspace;
  put('docs/one/two/a', 'inside');
  put('outside/two/a', 'secret outside');
  put('outside/a', 'secret outside');
  const before = fingerprint(outside);
  swap = () => {
    renameSync(join(docs, folder), join(docs, 'moved'));
    symlinkSync(join(outside, folder === 'one' ? '' : 'two'), join(docs, folder));
  };
  opens = 0;
  const answer = await access(workspace).catch((thrown: unknown) => codeOf(thrown));
  assert.doesNotMatch(JSON.stringify(answer ?? null), /secret outside/);
  assert.equal(fingerprint(outside), before, 'nothing outside is written');
  assert.ok(!readdirSync(outside, { recursive: true, encoding: 'utf8' }).includes('new'));
  return opens >= moment;
};

for (const [name, access] of Object.entries(ACCESSES)) {
  it(`a folder that is swapped for a link before any open of a ${name} never leads out`, async (test) => {
    for (const folder of ['one', 'one/two']) {
      let moment = 1;
      while (await swappedAt(test, access, folder, moment)) moment += 1;
      assert.ok(moment > 3, `${moment - 1} moments`);
    }
  });
}
