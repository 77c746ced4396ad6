import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { PluginFacts } from '../../core/broker/catalog/store/plugin-store.ts';
import { isJsonObject, ownValue } from '../../core/vocabulary/json.ts';
import { makeStoreBench, reader, WHO, widerReader } from '../broker/catalog/store/store-bench.ts';

// Attack 145. A widening hides where there is no trusted version to hold it against: the versions before it were
// revoked, or who can write into the plugin folder took the bytes of the enabled one away. Held against what
// nobody trusted, or against nothing, the difference would be empty, and the operator would approve just that.

const shownCapabilities = (facts: PluginFacts): readonly string[] => {
  const changes = ownValue(facts.difference ?? {}, 'changes');
  assert.ok(Array.isArray(changes));
  return changes
    .filter(isJsonObject)
    .filter(({ kind, rule, before }) => kind === 'widens' && rule !== 'id' && before === null)
    .map(({ pointer }) => String(pointer))
    .filter((pointer) => pointer.endsWith('/x-capability'));
};

const narrowThenWide = async (t: TestContext) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const { make } = bench.workshop;
  const install = (plugin: Parameters<typeof make>[0]) =>
    store.install({ files: make(plugin), verdicts: [] }, WHO);
  const { digest } = await install(reader('1.0.0'));
  await store.enable({ id: 'reader', version: null, approve: null }, WHO);
  return { bench, store, install, digest };
};

const ALL = ['path', 'more'].map(
  (name) => `/tools/files.first_line/input/properties/${name}/x-capability`,
);

test('after every version was revoked, what a new one asks for is shown whole', async (t) => {
  const { store, install } = await narrowThenWide(t);
  await install(widerReader('1.1.0'));
  await store.revoke({ id: 'reader', version: null }, WHO);
  const facts = await install(widerReader('1.2.0'));
  assert.equal(facts.state, 'quarantined');
  assert.deepEqual(shownCapabilities(facts).toSorted(), ALL.toSorted());
  await store.enable({ id: 'reader', version: null, approve: facts.difference_digest ?? '' }, WHO);
  assert.equal(store.catalog.tool('files.first_line').kind, 'enabled');
});

test('where the bytes of the enabled version are gone, what a new one asks for is shown whole', async (t) => {
  const { bench, install, digest } = await narrowThenWide(t);
  await rm(join(bench.folder, 'packages', digest), { recursive: true });
  const facts = await install(widerReader('1.1.0'));
  assert.equal(facts.state, 'quarantined');
  assert.deepEqual(shownCapabilities(facts).toSorted(), ALL.toSorted());
});
