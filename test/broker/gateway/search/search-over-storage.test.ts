import assert from 'node:assert/strict';
import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeSearchGateway } from '../../../../core/broker/gateway/search/search-gateway.ts';
import { makeSearchWorkerPowers } from '../../../../core/broker/main/powers/search-worker.ts';
import { silentLog } from './silent-log.ts';
import { openStorageFolders } from './storage-folders.ts';
import { folderResource, scopeOf } from './temp-folder-walk.ts';

const outside = await mkdtemp(join(tmpdir(), 'search-outside-'));
const root = await mkdtemp(join(tmpdir(), 'search-scope-'));
await mkdir(join(root, 'state'));
await writeFile(join(outside, 'real.md'), 'needle outside');
await writeFile(join(root, 'state', 'agent.key'), 'needle blocked');
await writeFile(join(root, 'notes.md'), 'A needle lies in here.\n');
await writeFile(join(root, 'image.bin'), 'needle\0binary');
await symlink(join(outside, 'real.md'), join(root, 'needle-symlink.md'));
await symlink(outside, join(root, 'needle-folder'));
await link(join(outside, 'real.md'), join(root, 'needle-hardlink.md'));

const storage = await openStorageFolders([root], [join(root, 'state')]);
const walk = storage.folders;
const gateway = makeSearchGateway({ walk, index: makeSearchWorkerPowers(), log: silentLog });
after(async () => {
  await gateway.close();
  await storage.close();
  for (const folder of [root, outside]) await rm(folder, { recursive: true });
});

const search = (readable: string) =>
  gateway.search(
    folderResource(root),
    scopeOf(readable),
    { text: 'needle', limit: 10 },
    AbortSignal.timeout(30_000),
  );

test('a search finds neither names nor words of blocked files, links and bytes that are no text', async () => {
  const { hits, searched } = await search(root);
  assert.deepEqual(
    hits.map(({ path }) => path),
    ['work/notes.md'],
  );
  assert.equal(searched, 1);
});

test('a search of a folder outside the scope is refused, also when an index of it is open', async () => {
  await search(root);
  await assert.rejects(search(outside), { code: 'not_available' });
});
