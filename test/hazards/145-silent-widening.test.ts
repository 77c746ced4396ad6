import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AgentError } from '../../core/vocabulary/errors.ts';
import { makeStoreBench, reader, WHO, widerReader } from '../broker/catalog/store/store-bench.ts';

// Attack 145. An update adds capabilities silently, here in every way round the operator: one large step, two
// steps of which the second changes nothing, after the old version is gone, with another difference's digest.
// The next task, with the old version, is asserted with the acceptance of plugin.widened.

test('no update that widens anything runs before an operator approved just that difference', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const { make } = bench.workshop;
  const install = (plugin: Parameters<typeof make>[0]) =>
    store.install({ files: make(plugin), verdicts: [] }, WHO);
  const enable = (approve: string | null = null) =>
    store.enable({ id: 'reader', version: null, approve }, WHO);
  const unapproved = (thrown: unknown): boolean =>
    thrown instanceof AgentError && thrown.code === 'widening_unapproved';

  await install(reader('1.0.0'));
  await enable();
  const first = await install(widerReader('1.1.0'));
  await assert.rejects(enable(), unapproved);
  const second = await install(widerReader('1.2.0'));
  await assert.rejects(enable(), unapproved);
  await assert.rejects(enable(first.difference_digest ?? ''), unapproved);
  assert.notEqual(first.difference_digest, second.difference_digest);
  await store.revoke({ id: 'reader', version: null }, WHO);
  await install(widerReader('1.3.0'));
  await assert.rejects(enable(), unapproved);
  await assert.rejects(enable(second.difference_digest ?? ''), unapproved);

  assert.equal(store.catalog.tool('files.first_line').kind, 'not_enabled');
  const refused = bench.events.filter(({ event }) => event === 'plugin_refused');
  assert.deepEqual(
    refused.map(({ data }) => data['code']),
    Array.from({ length: 5 }, () => 'widening_unapproved'),
  );
});
