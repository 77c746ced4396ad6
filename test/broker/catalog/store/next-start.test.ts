import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { deriveKey } from '../../../../core/broker/grant/derive-key.ts';
import { makePluginFilePowers } from '../../../../core/broker/main/powers/plugin-files.ts';
import { AgentError } from '../../../../core/vocabulary/errors.ts';
import { makeStoreBench, reader, type StoreBench, WHO } from './store-bench.ts';

const TOOL = 'files.first_line';

/** A store in which one plugin was installed and enabled: two changes. */
const withReader = async (t: TestContext): Promise<StoreBench & { readonly digest: string }> => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const files = bench.workshop.make(reader('1.0.0'));
  await store.install({ files, verdicts: [] }, WHO);
  const { digest } = await store.enable({ id: 'reader', version: null, approve: null }, WHO);
  bench.events.length = 0;
  return { ...bench, digest };
};

const stateFile = ({ folder }: StoreBench): string => join(folder, 'state.json');
const anchorFile = ({ anchorFolder }: StoreBench): string => join(anchorFolder, 'plugins.sequence');

test('the next start runs what was enabled', async (t) => {
  const bench = await withReader(t);
  const store = await bench.open();
  assert.equal(store.catalog.tool(TOOL).kind, 'enabled');
  assert.deepEqual(bench.events, []);
});

test('a state file that is changed, foreign, older or gone keeps the agent from starting, and says what to do', async (t) => {
  const bench = await withReader(t);
  const old = `${stateFile(bench)}.old`;
  await copyFile(stateFile(bench), old);
  const store = await bench.open();
  await store.revoke({ id: 'reader', version: null }, WHO);
  const last = await readFile(stateFile(bench), 'utf8');
  const refused = async (problem: RegExp, changes = {}): Promise<void> => {
    await assert.rejects(bench.open(changes), (thrown) => {
      assert.ok(thrown instanceof AgentError && thrown.code === 'store_unavailable');
      assert.match(thrown.message, problem);
      assert.match(String(thrown.remedy), /restore .*backup/);
      return true;
    });
  };
  await copyFile(old, stateFile(bench));
  await refused(/is not the last one: it counts `2` changes, `3` are known/);
  await rm(stateFile(bench));
  await refused(/is gone/);
  for (const text of [last.replace('"revoked"', '"enabled"'), '', '{}', last.slice(0, -10)]) {
    await writeFile(stateFile(bench), text);
    await refused(/was changed, or belongs to another signing key/);
  }
  await writeFile(stateFile(bench), last);
  await refused(/another signing key/, { key: deriveKey(Buffer.alloc(32, 8), 'catalog') });
  const anchor = await readFile(anchorFile(bench), 'utf8');
  await rm(anchorFile(bench));
  await refused(/is not the last one/);
  await writeFile(anchorFile(bench), anchor.replace('3', '2'));
  await refused(/was changed/);
  await writeFile(anchorFile(bench), last);
  await refused(/was changed/);
  await writeFile(anchorFile(bench), anchor);
  await bench.open();
});

test('a crash at any effect of a change leaves the state before it or the one after it', async (t) => {
  const bench = await makeStoreBench(t);
  const real = makePluginFilePowers();
  const files = bench.workshop.make(reader('1.0.0'));
  for (let last = 0; ; last += 1) {
    let effects = 0;
    const dying =
      <Args extends readonly unknown[]>(effect: (...args: Args) => Promise<void>) =>
      async (...args: Args): Promise<void> => {
        effects += 1;
        if (effects > last) throw new Error('the machine stopped');
        await effect(...args);
      };
    const store = await bench.open({
      files: {
        ...real,
        write: dying(real.write),
        rename: dying(real.rename),
        makeFolder: dying(real.makeFolder),
      },
    });
    const installed = await store.install({ files, verdicts: [] }, WHO).then(
      () => true,
      () => false,
    );
    const next = await bench.open();
    const known = next.list().filter(({ id }) => id === 'reader');
    const folders = await readdir(join(bench.folder, 'packages')).catch(() => []);
    assert.deepEqual(
      folders,
      known.map(({ digest }) => digest),
      `after ${last} effects`,
    );
    if (installed || known.length > 0) {
      assert.deepEqual(
        known.map(({ state }) => state),
        ['vetted'],
      );
      break;
    }
  }
});

test('an enabled plugin that does not hold any more is suspended, and the agent serves without it', async (t) => {
  const revoked = async ({ workshop }: StoreBench): Promise<void> =>
    workshop.trust({ keys: [workshop.publisherId] });
  const cases: readonly (readonly [
    string,
    (bench: StoreBench & { digest: string }) => Promise<void>,
  ])[] = [
    ['key_revoked', revoked],
    ['key_revoked', async ({ workshop, digest }) => workshop.trust({ packages: [digest] })],
    [
      'package_tampered',
      ({ folder, digest }) => writeFile(join(folder, 'packages', digest, 'plugin.js'), 'other'),
    ],
    [
      'package_tampered',
      ({ folder, digest }) => rm(join(folder, 'packages', digest), { recursive: true }),
    ],
    [
      'not_vetted',
      ({ folder, digest }) => rm(join(folder, 'packages', digest, 'verdicts'), { recursive: true }),
    ],
  ];
  for (const [code, happens] of cases) {
    const bench = await withReader(t);
    await happens(bench);
    const store = await bench.open();
    assert.deepEqual(store.catalog.tool(TOOL), { kind: 'not_enabled', state: 'suspended' });
    assert.equal(store.show('reader')[0]?.reason, code);
    assert.deepEqual(
      bench.events.map(({ event, data }) => [event, data['code'], data['uid']]),
      [['plugin_suspended', code, null]],
    );
    assert.ok(store.catalog.step('summarize'), 'the rest runs');
    const again = store.enable({ id: 'reader', version: null, approve: null }, WHO);
    await assert.rejects(again, (thrown) => thrown instanceof AgentError && thrown.code === code);
  }
});

test('what no state names is removed from the packages at the next start', async (t) => {
  const bench = await withReader(t);
  await mkdir(join(bench.folder, 'packages', 'new-0123'), { recursive: true });
  await writeFile(join(bench.folder, 'packages', 'new-0123', 'plugin.js'), 'half');
  await bench.open();
  assert.deepEqual(await readdir(join(bench.folder, 'packages')), [bench.digest]);
});
