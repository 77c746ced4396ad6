import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { it } from 'node:test';
import { codeOf } from '../../core/broker/gateway/storage/unavailable.ts';
import { openWorkspace, type Workspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes, fingerprint } from './outside-world.ts';

// Attack 94. Kernels that fold case are rare (a casefold ext4, vfat, a network mount), so the folding is played here:
// every open is real, of the name in lower case, as such a mount would find it.
const folding = {
  linux: (real) => ({
    ...real,
    openat2: (directory, path, how) =>
      real.openat2(directory, path.startsWith('/') ? path : path.toLowerCase(), how),
  }),
} satisfies Parameters<typeof openWorkspace>[1];

it('a blocked file is blocked in every case of its name, as what is opened is what is asked about', async (test) => {
  const workspace: Workspace = await openWorkspace(test, {
    ...folding,
    blocked: ['docs/token', 'docs/state'],
  });
  workspace.put('docs/token', 'secret');
  workspace.put('docs/state/tasks.db', 'secret');
  const before = fingerprint(workspace.docs);
  for (const name of ['token', 'Token', 'TOKEN', 'State/tasks.db', 'STATE/TASKS.DB', 'State/new'])
    await assertNoWayIn(workspace, workspace.at(`docs/${name}`), name);
  assert.equal(fingerprint(workspace.docs), before);
  await assertStillServes(workspace);
});

it('a twin in another case is never written over by who was to create a new file', async (test) => {
  const { gateway, access, at, put, docs } = await openWorkspace(test, folding);
  const file = put('docs/report.md', 'first');
  for (const name of ['Report.md', 'REPORT.MD']) {
    await assert.rejects(
      gateway.create(at(`docs/${name}`), access, Buffer.from('second')),
      (thrown) => ['already_exists', 'not_available'].includes(codeOf(thrown)),
    );
  }
  assert.equal(readFileSync(file, 'utf8'), 'first');
  assert.equal(basename(docs), 'docs');
});
