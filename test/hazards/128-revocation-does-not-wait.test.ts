import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { AgentError } from '../../core/vocabulary/errors.ts';
import { makeStoreBench, reader, WHO } from '../broker/catalog/store/store-bench.ts';

// Attack 128, from the side of whoever wants a revocation to come late: a tool firewall that does not answer holds
// up the change before it, a log or a disk is full, or the bytes that run are so old that nobody keeps their
// record. That a write which is under way is waited for is asserted with plugin.revoke_mid_run.

const TOOL = 'files.first_line';
const whole = { id: 'reader', version: null };

/** A store with a plugin of which a step runs. */
const running = async (t: TestContext) => {
  const bench = await makeStoreBench(t);
  let writable = true;
  let commits = 0;
  const full = new AgentError({ code: 'log_unavailable', message: 'full' });
  const store = await bench.open({
    audit: {
      record: () => ({ entry: 1, hash: '' }),
      commit: async () => {
        commits += 1;
        if (!writable && commits > 1) throw full;
      },
    },
  });
  const { make } = bench.workshop;
  const install = (version: string, id = 'reader', tool = TOOL) =>
    store.install({ files: make(reader(version, { id, tool })), verdicts: [] }, WHO);
  const enable = (id = 'reader') => store.enable({ id, version: null, approve: null }, WHO);
  await install('1.0.0');
  await enable();
  const found = store.catalog.tool(TOOL);
  assert.ok(found.kind === 'enabled');
  const step = store.catalog.whileEnabled(found.tool);
  assert.ok(!step.aborted);
  return {
    store,
    install,
    enable,
    step,
    tool: found.tool,
    /** The log takes one more record and then none. */
    fillLog: () => {
      writable = false;
      commits = 0;
    },
  };
};

for (const verb of ['suspend', 'revoke'] as const) {
  test(`a step ends by \`${verb}\` though the change before it hangs at the tool firewall`, async (t) => {
    const { store, install, enable, step, tool } = await running(t);
    await install('1.0.0', 'other', 'files.other');
    const { promise: answer, resolve: answers } = Promise.withResolvers<void>();
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    store.onEnabledChange(() => {
      isAsked();
      return answer;
    });
    const enabling = enable('other');
    await asked;
    const ending = store[verb](whole, WHO);
    assert.ok(step.aborted);
    assert.ok(store.catalog.whileEnabled(tool).aborted);
    answers();
    await Promise.all([enabling, ending]);
    assert.equal(store.catalog.tool(TOOL).kind, 'not_enabled');
    assert.equal(store.catalog.tool('files.other').kind, 'enabled');
  });
}

test('what is enabled while its revocation waits does not stay', async (t) => {
  const { store, install } = await running(t);
  await install('1.0.1');
  const enabling = store.enable({ ...whole, approve: null }, WHO);
  const revoking = store.revoke(whole, WHO);
  await enabling;
  await revoking;
  assert.equal(store.catalog.tool(TOOL).kind, 'not_enabled');
  assert.deepEqual(
    store.show('reader').map(({ state }) => state),
    ['revoked', 'revoked'],
  );
});

test('a revocation that the log takes by half ends what runs, and says that it failed', async (t) => {
  const { store, install, step, tool, fillLog } = await running(t);
  await install('1.0.1');
  fillLog();
  await assert.rejects(
    store.revoke(whole, WHO),
    (thrown) => thrown instanceof AgentError && thrown.code === 'log_unavailable',
  );
  assert.ok(step.aborted);
  assert.ok(store.catalog.whileEnabled(tool).aborted);
  assert.notEqual(store.catalog.tool(TOOL).kind, 'enabled');
  assert.ok(store.catalog.tools().every(({ entry }) => entry !== TOOL));
});

test('bytes that nobody keeps a record of any more end with their plugin', async (t) => {
  const { store, install, enable, step } = await running(t);
  for (const version of ['1.0.1', '1.0.2', '1.0.3', '1.0.4', '1.0.5']) {
    await install(version);
    await enable();
  }
  assert.ok(store.show('reader').every(({ version }) => version !== '1.0.0'));
  await store.revoke(whole, WHO);
  assert.ok(step.aborted);
});

test('a verb that does nothing in this state ends nothing', async (t) => {
  const { store, install, step } = await running(t);
  await install('1.0.1');
  const vetted = { id: 'reader', version: '1.0.1' };
  await assert.rejects(store.suspend(vetted, WHO));
  await assert.rejects(store.revoke({ id: 'reader', version: '9.9.9' }, WHO));
  assert.ok(!step.aborted);
});
