import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { AgentError } from '../../core/vocabulary/errors.ts';
import { makeStoreBench, reader, WHO } from '../broker/catalog/store/store-bench.ts';

// Attacks 98 and 143. Who can write into the plugin folder while the agent is down puts a link in the place of the
// folder of packages. What is no known package is swept up there at each start: through the link that would be
// whatever else the agent may write.

test('a link in the place of the packages keeps the agent from starting, and nothing behind it is removed or written', async (t) => {
  const bench = await makeStoreBench(t);
  const files = bench.workshop.make(reader('1.0.0'));
  const store = await bench.open();
  await store.install({ files, verdicts: [] }, WHO);
  await store.enable({ id: 'reader', version: null, approve: null }, WHO);
  const packages = join(bench.folder, 'packages');
  const aside = join(bench.folder, 'aside');
  const foreign = join(dirname(bench.folder), 'foreign');
  await mkdir(join(foreign, 'audit'), { recursive: true });
  await writeFile(join(foreign, 'audit', 'log.jsonl'), 'precious\n');

  await rename(packages, aside);
  await symlink(foreign, packages);
  await assert.rejects(bench.open(), (thrown) => {
    assert.ok(thrown instanceof AgentError);
    assert.equal(thrown.code, 'store_unavailable');
    assert.ok(!thrown.message.includes(bench.folder), thrown.message);
    return true;
  });
  // The same while it runs: an installation writes to no other place.
  await assert.rejects(
    store.install({ files: bench.workshop.make(reader('1.0.1')), verdicts: [] }, WHO),
    (thrown) => thrown instanceof AgentError && thrown.code === 'store_unavailable',
  );
  assert.deepEqual(await readdir(foreign), ['audit']);
  assert.equal(await readFile(join(foreign, 'audit', 'log.jsonl'), 'utf8'), 'precious\n');

  await rm(packages);
  await rename(aside, packages);
  const again = await bench.open();
  assert.equal(again.catalog.tool('files.first_line').kind, 'enabled');
});
