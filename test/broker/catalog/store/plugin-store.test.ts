import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PackageFiles } from '../../../../core/broker/catalog/package/plugin-package.ts';
import type { PluginStore } from '../../../../core/broker/catalog/store/plugin-store.ts';
import { AgentError, type ErrorCode } from '../../../../core/vocabulary/errors.ts';
import { makeStoreBench, reader, WHO, widerReader } from './store-bench.ts';

const TOOL = 'files.first_line';

const install = (store: PluginStore, files: PackageFiles) =>
  store.install({ files, verdicts: [] }, WHO);
const enable = (store: PluginStore, more: { version?: string; approve?: string } = {}) =>
  store.enable({ id: 'reader', version: null, approve: null, ...more }, WHO);
const whole = { id: 'reader', version: null };

const refuses = (action: Promise<unknown>, code: ErrorCode): Promise<void> =>
  assert.rejects(action, (thrown) => {
    assert.ok(thrown instanceof AgentError, String(thrown));
    assert.equal(thrown.code, code, thrown.message);
    return true;
  });

const ownTools = (store: PluginStore): readonly string[] =>
  store.catalog.tools().flatMap(({ plugin, entry }) => (plugin === 'reader' ? [entry] : []));

const toolVersion = (store: PluginStore): string => {
  const found = store.catalog.tool(TOOL);
  return found.kind === 'enabled' ? found.tool.version : found.kind;
};

/** A log that takes everything until it is full. */
const fillableLog = () => {
  let full = false;
  return {
    fill: () => {
      full = true;
    },
    audit: {
      record: () => ({ entry: 1, hash: '' }),
      commit: async () => {
        if (full) throw new AgentError({ code: 'log_unavailable', message: 'full' });
      },
    },
  };
};

test('a tool is unknown, then not enabled, then enabled, suspended, enabled again and revoked', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  assert.deepEqual(store.catalog.tool(TOOL), { kind: 'unknown' });
  const installed = await install(store, bench.workshop.make(reader('1.0.0')));
  assert.equal(installed.state, 'vetted');
  assert.deepEqual(store.catalog.tool(TOOL), { kind: 'not_enabled', state: 'vetted' });
  await enable(store);
  assert.equal(toolVersion(store), '1.0.0');
  assert.deepEqual(ownTools(store), [TOOL]);
  await store.suspend(whole, WHO);
  assert.deepEqual(store.catalog.tool(TOOL), { kind: 'not_enabled', state: 'suspended' });
  await enable(store);
  await store.revoke(whole, WHO);
  assert.deepEqual(store.catalog.tool(TOOL), { kind: 'not_enabled', state: 'revoked' });
  await refuses(enable(store), 'plugin_not_found');
  await refuses(enable(store, { version: '1.0.0' }), 'plugin_state');
  assert.deepEqual(
    bench.events.map(({ event, data }) => [event, data['uid']]),
    [
      'plugin_installed',
      'plugin_enabled',
      'plugin_suspended',
      'plugin_enabled',
      'plugin_revoked',
      'plugin_refused',
      'plugin_refused',
    ].map((event) => [event, 1234]),
  );
});

test('a package without signature, without verdict, with a failed one or an expired signature is refused', async (t) => {
  const bench = await makeStoreBench(t);
  const { make, trust, publisherId } = bench.workshop;
  const store = await bench.open();
  const plugin = reader('1.0.0');
  await refuses(install(store, make(plugin, { signed: false })), 'plugin_unsigned');
  await refuses(install(store, make(plugin, { passed: null })), 'not_vetted');
  await refuses(install(store, make(plugin, { passed: false })), 'not_vetted');
  await refuses(install(store, make(plugin, { expires: Date.now() - 1 })), 'signature_expired');
  trust({ keys: [publisherId] });
  await refuses(install(store, make(plugin)), 'key_revoked');
  assert.deepEqual(await readdir(join(bench.folder)), ['packages'].slice(1));
  assert.deepEqual(
    bench.events.map(({ event, data }) => [event, data['code']]),
    ['plugin_unsigned', 'not_vetted', 'not_vetted', 'signature_expired', 'key_revoked'].map(
      (code) => ['plugin_refused', code],
    ),
  );
});

test('a version must be newer than every one that was installed', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const { make } = bench.workshop;
  await install(store, make(reader('1.2.0')));
  await refuses(install(store, make(reader('1.1.9'))), 'version_not_newer');
  await refuses(install(store, make(reader('1.2.0'))), 'version_not_newer');
  await store.revoke(whole, WHO);
  await refuses(install(store, make(reader('1.2.0'))), 'version_not_newer');
});

test('a version that widens runs only with the digest of the difference; the old one runs until then', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const { make } = bench.workshop;
  await install(store, make(reader('1.0.0')));
  await enable(store);
  const wider = await install(store, make(widerReader('1.1.0')));
  assert.equal(wider.state, 'quarantined');
  assert.match(JSON.stringify(wider.difference), /storage\.read/);
  for (const approve of [undefined, '0'.repeat(64)]) {
    await refuses(enable(store, approve === undefined ? {} : { approve }), 'widening_unapproved');
  }
  assert.equal(toolVersion(store), '1.0.0');
  await enable(store, { approve: wider.difference_digest ?? '' });
  assert.equal(toolVersion(store), '1.1.0');
  assert.deepEqual(
    store.show('reader').map(({ version, state }) => [version, state]),
    [
      ['1.1.0', 'enabled'],
      ['1.0.0', 'vetted'],
    ],
  );
});

test('a widening does not pass in two steps, the second of which changes nothing', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const { make } = bench.workshop;
  await install(store, make(reader('1.0.0')));
  await install(store, make(widerReader('1.1.0')));
  assert.equal((await install(store, make(widerReader('1.2.0')))).state, 'quarantined');
  await store.revoke(whole, WHO);
  assert.equal((await install(store, make(widerReader('1.3.0')))).state, 'quarantined');
});

test('enabling waits for the listener, and where it rejects the old state stays whole', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const { make } = bench.workshop;
  const seen: string[][] = [];
  let broken = false;
  store.onEnabledChange(async (tools) => {
    const own = tools.filter(({ plugin }) => plugin === 'reader');
    seen.push([...own.map(({ version }) => version), `visible ${toolVersion(store)}`]);
    if (broken) throw new AgentError({ code: 'firewall_unavailable', message: 'not loaded' });
  });
  await install(store, make(reader('1.0.0')));
  await enable(store);
  await install(store, make(reader('1.0.1')));
  broken = true;
  const before = bench.events.length;
  await refuses(enable(store), 'firewall_unavailable');
  assert.equal(toolVersion(store), '1.0.0');
  assert.deepEqual(
    bench.events.slice(before).map(({ event }) => event),
    ['plugin_refused'],
  );
  assert.deepEqual(seen, [
    ['1.0.0', 'visible not_enabled'],
    ['1.0.1', 'visible 1.0.0'],
  ]);
  // What is taken away does not wait for anybody.
  await refuses(store.revoke(whole, WHO), 'firewall_unavailable');
  assert.equal(toolVersion(store), 'not_enabled');
});

test('a change that touches no tool does not wait for what enforces tools', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  store.onEnabledChange(async () => {
    throw new AgentError({ code: 'firewall_unavailable', message: 'not loaded' });
  });
  const writing = { id: 'writing', version: null };
  await store.suspend(writing, WHO);
  await store.enable({ ...writing, approve: null }, WHO);
  assert.ok(store.catalog.step('summarize'));
});

test('nothing takes effect that gives trust and that the log does not hold', async (t) => {
  const bench = await makeStoreBench(t);
  const log = fillableLog();
  const store = await bench.open({ audit: log.audit });
  const { make } = bench.workshop;
  await install(store, make(reader('1.0.0')));
  log.fill();
  await refuses(enable(store), 'log_unavailable');
  assert.equal(toolVersion(store), 'not_enabled');
  await refuses(install(store, make(reader('1.1.0'))), 'log_unavailable');
  assert.equal(store.show('reader').length, 1);
});

test('what takes trust away ends the running steps although the log fails, and says that it failed', async (t) => {
  const bench = await makeStoreBench(t);
  const log = fillableLog();
  const store = await bench.open({ audit: log.audit });
  await install(store, bench.workshop.make(reader('1.0.0')));
  await enable(store);
  const found = store.catalog.tool(TOOL);
  assert.ok(found.kind === 'enabled');
  const summarize = store.catalog.step('summarize');
  assert.ok(summarize);
  log.fill();
  for (const [step, end] of [
    [found.tool, () => store.revoke(whole, WHO)],
    [summarize, () => store.suspend({ id: 'writing', version: null }, WHO)],
  ] as const) {
    const running = store.catalog.whileEnabled(step);
    assert.equal(running.aborted, false);
    await refuses(end(), 'log_unavailable');
    assert.equal(running.aborted, true, step.entry);
    assert.equal(store.catalog.whileEnabled(step).aborted, true, step.entry);
  }
  assert.equal(toolVersion(store), 'not_enabled');
});

test('names of the program are never taken, and a name that runs is taken once', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const { make } = bench.workshop;
  await refuses(install(store, make(reader('1.0.0', { id: 'writing' }))), 'plugin_conflict');
  await install(store, make(reader('1.0.0')));
  await enable(store);
  await install(store, make(reader('1.0.0', { id: 'other' })));
  await refuses(
    store.enable({ id: 'other', version: null, approve: null }, WHO),
    'plugin_conflict',
  );
  await store.suspend(whole, WHO);
  await store.enable({ id: 'other', version: null, approve: null }, WHO);
  await refuses(enable(store), 'plugin_conflict');
});

test('a plugin of the program is suspended and enabled again, and never revoked', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const step = store.catalog.step('summarize');
  assert.ok(step);
  const running = store.catalog.whileEnabled(step);
  const writing = { id: 'writing', version: null };
  await refuses(store.revoke(writing, WHO), 'plugin_state');
  await store.suspend(writing, WHO);
  assert.ok(running.aborted);
  assert.equal(store.catalog.step('summarize'), undefined);
  assert.ok(!store.catalog.actions().has('summarize'));
  const again = await bench.open();
  assert.equal(again.catalog.step('summarize'), undefined);
  await again.enable({ ...writing, approve: null }, WHO);
  assert.ok(again.catalog.step('summarize'));
});

test('running bytes end when they are suspended or revoked, and go on when they are replaced', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const { make } = bench.workshop;
  await install(store, make(reader('1.0.0')));
  await enable(store);
  const found = store.catalog.tool(TOOL);
  assert.ok(found.kind === 'enabled');
  const old = store.catalog.whileEnabled(found.tool);
  await install(store, make(reader('1.0.1')));
  await enable(store);
  assert.ok(!old.aborted, 'a step that runs goes on');
  assert.ok(store.catalog.whileEnabled(found.tool).aborted, 'none begins with the old bytes');
  await store.revoke(whole, WHO);
  assert.ok(old.aborted);
});

test('of one plugin four versions are kept, and the enabled one is among them', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const { make } = bench.workshop;
  await install(store, make(reader('1.0.0')));
  await enable(store);
  for (const version of ['1.0.1', '1.0.2', '1.0.3', '1.0.4', '1.0.5']) {
    await install(store, make(reader(version)));
  }
  assert.deepEqual(
    store.show('reader').map(({ version }) => version),
    ['1.0.5', '1.0.4', '1.0.3', '1.0.0'],
  );
  assert.equal((await readdir(join(bench.folder, 'packages'))).length, 4);
});
