import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openAuditLog } from '../../../core/broker/audit/open-audit-log.ts';
import { sha256 } from '../../../core/vocabulary/digest.ts';
import { makeTempLog, silent } from './temp-log.ts';

test('a new log starts with a checkpoint of nothing and mode 0660 whatever the umask', async (t) => {
  const log = makeTempLog(t);
  const umask = process.umask(0o077);
  t.after(() => process.umask(umask));
  const audit = await log.open();
  assert.deepEqual(audit.head(), { entry: 0, hash: '' });
  assert.deepEqual(audit.state(), { writable: true, problem: null, verified: 'all' });
  await audit.append({ event: 'note', data: {} });
  await audit.close();
  for (const path of [log.path, log.checkpoint]) assert.equal(statSync(path).mode & 0o777, 0o660);
  assert.deepEqual(readdirSync(log.folder).sort(), [
    'agent-audit.jsonl',
    'agent-audit.jsonl.checkpoint',
  ]);
});

test('an empty file without a checkpoint is a new log', async (t) => {
  const log = makeTempLog(t);
  writeFileSync(log.path, '');
  await log.fill(1);
  assert.equal((await log.verify()).valid, true);
});

test('opening refuses a log whose checkpoint is missing', async (t) => {
  const log = makeTempLog(t);
  await log.fill(1);
  unlinkSync(log.checkpoint);
  await assert.rejects(log.open(), {
    code: 'log_unavailable',
    message: 'audit log `agent-audit.jsonl.checkpoint`: is missing beside a log with entries',
  });
});

test('opening refuses a missing log with a checkpoint beside it', async (t) => {
  const log = makeTempLog(t);
  await log.fill(2);
  unlinkSync(log.path);
  await assert.rejects(log.open(), /ends at entry `0`, the checkpoint counts `2`/);
  assert.deepEqual(readdirSync(log.folder), ['agent-audit.jsonl.checkpoint']);
});

test('opening refuses a checkpoint that another key made or that is no checkpoint', async (t) => {
  const log = makeTempLog(t);
  await log.fill(2);
  const { path, files } = log;
  const other = { path, files, key: Buffer.alloc(32, 7), now: Date.now, log: silent };
  await assert.rejects(openAuditLog(other), /was not made with the audit key/);
  for (const text of [
    '',
    'x'.repeat(5000),
    readFileSync(log.checkpoint, 'utf8').replace('2', '1'),
  ]) {
    writeFileSync(log.checkpoint, text);
    await assert.rejects(log.open(), /was not made with the audit key/);
  }
});

test('opening refuses a log that lost whole entries', async (t) => {
  const log = makeTempLog(t);
  await log.fill(3);
  const text = log.text();
  const twoLines = text.indexOf('\n', text.indexOf('\n') + 1) + 1;
  truncateSync(log.path, twoLines);
  await assert.rejects(log.open(), {
    details: { file: 'agent-audit.jsonl', line: 2 },
    message: /ends at entry `2`, the checkpoint counts `3`/,
  });
  truncateSync(log.path, twoLines - 7);
  await assert.rejects(log.open(), /the checkpoint counts `3`/, 'one whole entry and a torn one');
});

test('opening refuses a log that ends in another history than its checkpoint', async (t) => {
  const [log, other] = [makeTempLog(t), makeTempLog(t)];
  await log.fill(3);
  await other.fill(4);
  writeFileSync(log.path, readFileSync(other.path));
  await assert.rejects(log.open(), {
    details: { file: 'agent-audit.jsonl', line: 3 },
    message: /is not the entry that the checkpoint names/,
  });
});

test('a torn line that no checkpoint counts is cut and kept, and the next entries verify', async (t) => {
  const log = makeTempLog(t);
  await log.fill(2);
  appendFileSync(log.path, Buffer.from('{"timestamp":"2026\0\xff', 'latin1'));
  await log.fill(1);
  const kept = readdirSync(log.folder).filter((name) => name.includes('.torn-3-'));
  assert.equal(kept.length, 1);
  assert.equal(readFileSync(join(log.folder, kept[0] ?? ''), 'latin1'), '{"timestamp":"2026\0\xff');
  const repair = log.entries()[2];
  assert.equal(repair?.event, 'log_repaired');
  assert.deepEqual(repair?.data, {
    reason: 'line_cut',
    entry: 3,
    cut_bytes: 20,
    cut_sha256: sha256(Buffer.from('{"timestamp":"2026\0\xff', 'latin1')),
    kept_as: kept[0],
    counted: false,
  });
  assert.equal((await log.verify()).valid, true);
});

test('a kept line that no checkpoint counted does not excuse the loss of a whole entry', async (t) => {
  const log = makeTempLog(t);
  await log.fill(2);
  appendFileSync(log.path, '{"timest');
  await (await log.open()).close();
  const text = log.text();
  truncateSync(log.path, text.lastIndexOf('\n', text.length - 2) + 1);
  await assert.rejects(log.open(), /ends at entry `2`, the checkpoint counts `3`/);
});

test('a repair that was interrupted after its cut goes on at the next start', async (t) => {
  const log = makeTempLog(t);
  await log.fill(3);
  const text = log.text();
  truncateSync(log.path, text.lastIndexOf('\n', text.length - 2) + 40);
  // Stops as a crash would: the line is cut, the record of it is not written.
  const files = {
    ...log.files,
    openAppend: async (path: string) => ({
      ...(await log.files.openAppend(path)),
      append: () => Promise.reject(new Error('stopped')),
    }),
  };
  await assert.rejects(log.open({ files }), { code: 'log_unavailable' });
  assert.equal(log.entries().length, 2);

  await (await log.open()).close();
  const repair = log.entries()[2];
  assert.deepEqual(repair?.data, {
    reason: 'interrupted_repair',
    entry: 3,
    cut_bytes: 0,
    kept_as: readdirSync(log.folder).find((name) => name.includes('.lost-3-')),
    counted: true,
  });
  assert.equal((await log.verify()).valid, true);
});

test('opening refuses a symbolic link, a second link, a folder and a pipe', async (t) => {
  const log = makeTempLog(t);
  await log.fill(1);
  const real = join(log.folder, 'elsewhere');
  linkSync(log.path, real);
  await assert.rejects(log.open(), { code: 'log_unavailable' });
  unlinkSync(log.path);
  symlinkSync(real, log.path);
  await assert.rejects(log.open(), { code: 'log_unavailable' });
  unlinkSync(log.path);
  mkdirSync(log.path);
  await assert.rejects(log.open(), { code: 'log_unavailable' });
  rmdirSync(log.path);
  execFileSync('mkfifo', [log.path]);
  await assert.rejects(log.open(), { code: 'log_unavailable' });
});

test('opening refuses a folder that is missing', async (t) => {
  const log = makeTempLog(t);
  rmdirSync(log.folder);
  await assert.rejects(log.open(), { code: 'log_unavailable' });
  mkdirSync(log.folder);
});

test('a long chain opens after its tail is checked and checks the rest in the background', async (t) => {
  const log = makeTempLog(t);
  await log.fill(5000);
  const audit = await log.open({ wholeUpToBytes: 0 });
  assert.equal(audit.state().verified, 'tail');
  await audit.append({ event: 'note', data: {} });
  while (audit.state().verified === 'tail') await new Promise(setImmediate);
  assert.deepEqual(audit.state(), { writable: true, problem: null, verified: 'all' });
  await audit.close();
  assert.equal((await log.verify()).entries, 5001);
});

test('a long chain is refused where its tail is damaged, and the line is counted', async (t) => {
  const log = makeTempLog(t);
  await log.fill(3000);
  const bytes = readFileSync(log.path);
  const at = bytes.lastIndexOf('\n', bytes.length - 2) + 60;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(log.path, bytes);
  await assert.rejects(log.open({ wholeUpToBytes: 0 }), {
    details: { file: 'agent-audit.jsonl', line: 3000 },
  });
});

test('old damage in a long chain is found in the background and announced with file and line', async (t) => {
  const log = makeTempLog(t);
  await log.fill(3000);
  const bytes = readFileSync(log.path);
  bytes[60] = (bytes[60] ?? 0) ^ 1;
  writeFileSync(log.path, bytes);
  const audit = await log.open({ wholeUpToBytes: 0 });
  const problem = await new Promise<string>((resolve) => audit.onBroken(resolve));
  assert.match(problem, /^audit log `agent-audit.jsonl` line `1`: /);
  const { verified, writable } = audit.state();
  assert.deepEqual([verified, writable], ['broken', true], 'the freeze itself can be recorded');
  await audit.close();
});

test('a log whose checkpoint lies in an archive is walked whole', async (t) => {
  const log = makeTempLog(t);
  await log.fill(2);
  const checkpoint = readFileSync(log.checkpoint);
  renameSync(log.path, join(log.folder, 'agent-audit.20260101-000000-000000.jsonl'));
  await log.fill(2);
  writeFileSync(log.checkpoint, checkpoint);
  await (await log.open({ wholeUpToBytes: 0 })).close();
  assert.deepEqual(log.entries().at(-1)?.data, { counted: 2, entries: 4 });
  assert.equal((await log.verify()).valid, true);
});
