import assert from 'node:assert/strict';
import { appendFileSync, truncateSync, unlinkSync } from 'node:fs';
import { test } from 'node:test';
import type {
  AppendHandle,
  AuditFilePowers,
} from '../../../core/broker/audit/audit-file-powers.ts';
import { makeTempLog } from './temp-log.ts';

/** The real files, with the handle's methods or the folder's replaced by wrappers. */
const wrapped = (
  files: AuditFilePowers,
  wrapHandle: (handle: AppendHandle) => Partial<AppendHandle>,
): AuditFilePowers => ({
  ...files,
  openAppend: async (path) => {
    const handle = await files.openAppend(path);
    return { ...handle, ...wrapHandle(handle) };
  },
});

test('concurrent appends share an fsync and keep their order', async (t) => {
  const temp = makeTempLog(t);
  let syncs = 0;
  const files = wrapped(temp.files, (handle) => ({
    sync: () => {
      syncs += 1;
      return handle.sync();
    },
  }));
  const log = await temp.open({ files });
  const appends = Array.from({ length: 64 }, (_, i) => log.append({ event: 'note', data: { i } }));
  const positions = await Promise.all(appends);
  assert.ok(syncs <= 2, `${syncs} syncs`);
  assert.deepEqual(
    positions.map(({ entry }) => entry),
    Array.from({ length: 64 }, (_, i) => i + 1),
  );
  await log.close();
  assert.deepEqual(
    temp.entries().map(({ data }) => data),
    Array.from({ length: 64 }, (_, i) => ({ i })),
  );
  assert.equal((await temp.verify()).entries, 64);
});

test('commit resolves only after bytes, fsync and checkpoint, in this order', async (t) => {
  const temp = makeTempLog(t);
  const order: string[] = [];
  const noting = (name: string) => {
    order.push(name);
  };
  const log = await temp.open();
  await log.close();
  const files: AuditFilePowers = {
    ...wrapped(temp.files, (handle) => ({
      append: (bytes) => handle.append(bytes).then(() => noting('append')),
      sync: () => handle.sync().then(() => noting('sync')),
    })),
    writeFile: (...args) => temp.files.writeFile(...args).then(() => noting('write checkpoint')),
    rename: (...args) => temp.files.rename(...args).then(() => noting('rename checkpoint')),
  };
  const audit = await temp.open({ files });
  audit.record({ event: 'note', data: {} });
  assert.deepEqual(order, [], 'recording alone writes nothing');
  await audit.commit();
  assert.deepEqual(order, ['append', 'sync', 'write checkpoint', 'rename checkpoint']);
  await audit.commit();
  assert.equal(order.length, 4, 'nothing to commit, nothing written');
  await audit.close();
});

test('what was recorded while a commit runs is covered by the next commit', async (t) => {
  const temp = makeTempLog(t);
  const log = await temp.open();
  const first = log.append({ event: 'note', data: { i: 1 } });
  await Promise.resolve();
  await Promise.resolve();
  const second = log.append({ event: 'note', data: { i: 2 } });
  const third = log.append({ event: 'note', data: { i: 3 } });
  await third;
  assert.equal(temp.entries().length, 3);
  await Promise.all([first, second]);
  await log.close();
});

for (const failing of ['append', 'sync', 'facts'] as const) {
  test(`after a failed ${failing} nothing is claimed and nothing is written again`, async (t) => {
    const temp = makeTempLog(t);
    await temp.fill(1);
    const before = temp.text();
    const failure = () => Promise.reject(new Error('EIO'));
    let calls = 0;
    const files = wrapped(temp.files, (handle) => ({
      append: async (bytes) => {
        calls += 1;
        if (failing === 'append') await failure();
        return handle.append(bytes);
      },
      ...(failing === 'sync' ? { sync: failure } : {}),
      ...(failing === 'facts' ? { facts: failsAfterFirst(handle.facts) } : {}),
    }));
    const log = await temp.open({ files });
    const problems: string[] = [];
    log.onBroken((problem) => problems.push(problem));
    const appends = [1, 2, 3].map((i) => log.append({ event: 'note', data: { i } }));
    for (const append of appends) await assert.rejects(append, { code: 'log_unavailable' });
    assert.throws(() => log.record({ event: 'note', data: {} }), { code: 'log_unavailable' });
    await assert.rejects(log.commit(), { code: 'log_unavailable' });
    assert.equal(calls, 1);
    assert.equal(problems.length, 1);
    const { writable, problem } = log.state();
    assert.deepEqual([writable, problem], [false, problems[0]]);
    await log.close();
    assert.equal(problems.length, 1);
    assert.ok(temp.text().startsWith(before));

    await temp.fill(1);
    assert.equal((await temp.verify()).valid, true, 'the next start repairs');
  });
}

const failsAfterFirst = (facts: AppendHandle['facts']): AppendHandle['facts'] => {
  let first = true;
  return () => {
    if (!first) return Promise.reject(new Error('EIO'));
    first = false;
    return facts();
  };
};

test('a failed checkpoint makes the log unwritable', async (t) => {
  for (const failing of ['writeFile', 'rename'] as const) {
    const temp = makeTempLog(t);
    await temp.fill(1);
    const files = { ...temp.files, [failing]: () => Promise.reject(new Error('ENOSPC')) };
    const log = await temp.open({ files });
    await assert.rejects(log.append({ event: 'note', data: {} }), { code: 'log_unavailable' });
    await log.close();
    await (await temp.open()).close();
    assert.equal(temp.entries().at(-1)?.event, 'checkpoint_repaired');
  }
});

test('a log that another process cuts, extends or deletes is unwritable from the next commit on', async (t) => {
  const damages: ((path: string) => void)[] = [
    (path) => truncateSync(path, 10),
    (path) => appendFileSync(path, 'x\n'),
    (path) => unlinkSync(path),
  ];
  for (const damage of damages) {
    const temp = makeTempLog(t);
    const log = await temp.open();
    await log.append({ event: 'note', data: {} });
    damage(temp.path);
    await assert.rejects(log.append({ event: 'note', data: {} }), /was changed by another process/);
    assert.equal(log.state().writable, false);
    await log.close();
    await assert.rejects(temp.open(), { code: 'log_unavailable' });
  }
});

test('entries that nobody commits do not gather in memory without end', async (t) => {
  const temp = makeTempLog(t);
  const log = await temp.open();
  const text = 'x'.repeat(10_000);
  while (temp.text() === '') {
    for (let i = 0; i < 20; i += 1) log.record({ event: 'note', data: { text } });
    await new Promise(setImmediate);
    assert.ok(log.head().entry < 2000, 'written before 20 MB were recorded');
  }
  await log.close();
  assert.equal((await temp.verify()).valid, true);
});

test('a closed log has committed what was recorded and refuses more', async (t) => {
  const temp = makeTempLog(t);
  const log = await temp.open();
  log.record({ event: 'note', data: {} });
  await log.close();
  assert.equal(temp.entries().length, 1);
  assert.throws(() => log.record({ event: 'note', data: {} }), { code: 'log_unavailable' });
  assert.deepEqual(log.state(), { writable: false, problem: null, verified: 'all' });
});
