import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { makeFixedCatalog } from '../../../core/broker/catalog/catalog.ts';
import { loadShipped, type ShippedDigests } from '../../../core/broker/catalog/load-shipped.ts';
import shippedDigests from '../../../core/broker/catalog/shipped-digests.json' with {
  type: 'json',
};
import { makeCatalogFilesPowers } from '../../../core/broker/main/powers/catalog-files.ts';
import { sha256 } from '../../../core/vocabulary/digest.ts';
import { AgentError } from '../../../core/vocabulary/errors.ts';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';

const powers = makeCatalogFilesPowers();

/** A package root of its own with the built plugins in it. */
const makeRoot = async (t: TestContext): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'catalog-'));
  t.after(() => rm(root, { recursive: true }));
  for (const id of Object.keys(shippedDigests)) {
    await cp(join(PACKAGE_ROOT, 'dist/plugins', id), join(root, 'dist/plugins', id), {
      recursive: true,
    });
  }
  return root;
};

const digestsIn = async (root: string, id: string): Promise<ShippedDigests> => ({
  manifest: sha256(await readFile(join(root, 'dist/plugins', id, 'manifest.yaml'))),
  bundle: sha256(await readFile(join(root, 'dist/plugins', id, 'plugin.js'))),
});

const refused = (loading: Promise<unknown>, message: RegExp): Promise<void> =>
  assert.rejects(loading, (error) => {
    assert.ok(error instanceof AgentError && error.code === 'manifest');
    assert.match(error.message, message);
    assert.ok(!error.message.includes(tmpdir()), 'a refusal shows no path of this machine');
    return true;
  });

test('loadShipped offers the steps and tools of this release', async () => {
  const installed = await loadShipped({ ...powers, packageRoot: PACKAGE_ROOT });
  const facts = installed.map(({ kind, entry, plugin, reversibility, annotations }) => [
    kind,
    entry,
    plugin,
    reversibility,
    annotations
      .map(({ parameter, capability, many }) => `${parameter}:${capability}:${many}`)
      .join(),
  ]);
  assert.deepEqual(facts.sort(), [
    ['step', 'local_search', 'search', 'read-only', 'path:storage.search:false'],
    ['step', 'overwrite_file', 'filesystem', 'reversible', 'path:storage.replace:false'],
    ['step', 'read_file', 'filesystem', 'read-only', 'path:storage.read:false'],
    ['step', 'report', 'writing', 'read-only', 'sources:storage.read:true'],
    ['step', 'summarize', 'writing', 'read-only', 'path:storage.read:false'],
    ['step', 'write_file', 'filesystem', 'reversible', 'path:storage.create:false'],
    ['tool', 'filesystem.list', 'filesystem', 'read-only', 'path:storage.list:false'],
    ['tool', 'filesystem.read', 'filesystem', 'read-only', 'path:storage.read:false'],
    ['tool', 'filesystem.write', 'filesystem', 'reversible', 'path:storage.create:false'],
    ['tool', 'hash.verify', 'hash', 'read-only', 'path:storage.read:false'],
    [
      'tool',
      'text.diff',
      'diff',
      'read-only',
      'before:storage.read:false,after:storage.read:false',
    ],
  ]);
});

for (const file of ['manifest.yaml', 'plugin.js']) {
  test(`loadShipped refuses a ${file} that differs in one byte`, async (t) => {
    const root = await makeRoot(t);
    await appendFile(join(root, 'dist/plugins/search', file), '\n');
    await refused(
      loadShipped({ ...powers, packageRoot: root }),
      /file `(manifest\.yaml|plugin\.js)` of plugin `search` differs from the program's list/,
    );
  });

  test(`loadShipped refuses when ${file} is missing`, async (t) => {
    const root = await makeRoot(t);
    await rm(join(root, 'dist/plugins/writing', file));
    await refused(
      loadShipped({ ...powers, packageRoot: root }),
      /of plugin `writing` cannot be read/,
    );
  });
}

test('loadShipped opens each listed file once and nothing that the list does not name', async (t) => {
  const root = await makeRoot(t);
  await cp(join(root, 'dist/plugins/search'), join(root, 'dist/plugins/evil'), { recursive: true });
  const opened: string[] = [];
  const installed = await loadShipped({
    packageRoot: root,
    readFile: (path) => {
      opened.push(path.slice(root.length));
      return powers.readFile(path);
    },
  });
  assert.equal(installed.length, 11);
  assert.deepEqual(
    opened.sort(),
    Object.keys(shippedDigests).flatMap((id) => [
      `/dist/plugins/${id}/manifest.yaml`,
      `/dist/plugins/${id}/plugin.js`,
    ]),
  );
});

test('a catalog refuses two plugins for one action or one tool', async () => {
  const entries = await loadShipped({ ...powers, packageRoot: PACKAGE_ROOT });
  for (const kind of ['step', 'tool']) {
    const entry = entries.find((candidate) => candidate.kind === kind);
    assert.ok(entry);
    assert.throws(() => makeFixedCatalog([entry, entry]), {
      code: 'manifest',
      message: `two plugins claim \`${entry.entry}\``,
    });
  }
});

test('loadShipped refuses a manifest in the place of another plugin', async (t) => {
  const root = await makeRoot(t);
  const folder = join(root, 'dist/plugins');
  await cp(join(folder, 'search'), join(folder, 'other'), { recursive: true });
  const digests = { other: await digestsIn(root, 'other') };
  await refused(
    loadShipped({ ...powers, packageRoot: root, digests }),
    /^plugin `search` lies where `other` belongs$/,
  );
});

test('loadShipped refuses an action outside the closed list', async (t) => {
  const root = await makeRoot(t);
  const file = join(root, 'dist/plugins/search/manifest.yaml');
  const manifest = await readFile(file, 'utf8');
  await writeFile(file, manifest.replace('local_search:', 'do_anything:'));
  const digests = { search: await digestsIn(root, 'search') };
  await refused(
    loadShipped({ ...powers, packageRoot: root, digests }),
    /^plugin `search`: unknown action `do_anything`$/,
  );
});

test('the digest of a plugin changes with its manifest and with its bundle', async (t) => {
  const root = await makeRoot(t);
  const digestNow = async (): Promise<string | undefined> => {
    const digests = { search: await digestsIn(root, 'search') };
    const installed = await loadShipped({ ...powers, packageRoot: root, digests });
    return installed[0]?.pluginDigest;
  };
  const first = await digestNow();
  await appendFile(join(root, 'dist/plugins/search/manifest.yaml'), '# more\n');
  const second = await digestNow();
  await appendFile(join(root, 'dist/plugins/search/plugin.js'), '// more\n');
  const third = await digestNow();
  assert.equal(new Set([first, second, third]).size, 3);
});
