import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { verifyAudit } from '../../../core/broker/audit/verify-audit.ts';
import { KEY, makeTempLog } from './temp-log.ts';

test('verifyAudit finds a log valid while it is being written', async (t) => {
  const temp = makeTempLog(t);
  const log = await temp.open();
  await log.append({ event: 'note', data: {} });
  let writing = true;
  const writer = (async () => {
    while (writing) await log.append({ event: 'note', data: { text: 'x'.repeat(2000) } });
  })();
  for (let i = 0; i < 20; i += 1) assert.equal((await temp.verify()).valid, true);
  writing = false;
  await writer;
  await log.close();
});

test('verifyAudit says that an old checkpoint, a torn line and a missing entry are not valid', async (t) => {
  const temp = makeTempLog(t);
  await temp.fill(2);
  const old = readFileSync(temp.checkpoint);
  await temp.fill(1);
  const newest = readFileSync(temp.checkpoint);
  const text = temp.text();

  writeFileSync(temp.checkpoint, old);
  assert.deepEqual(await temp.verify(), {
    valid: false,
    entries: 3,
    broken_at: 3,
    file: 'agent-audit.jsonl',
    detail: 'the checkpoint counts `2` of `3` entries',
  });

  writeFileSync(temp.checkpoint, newest);
  appendFileSync(temp.path, '{"timest');
  assert.deepEqual(await temp.verify(), {
    valid: false,
    entries: 3,
    broken_at: 4,
    file: 'agent-audit.jsonl',
    detail: 'ends inside a line',
  });

  writeFileSync(temp.path, text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1));
  assert.equal((await temp.verify()).detail, 'ends at entry `2`, the checkpoint counts `3`');
  assert.notEqual(temp.text(), text, 'verifying repairs nothing');
});

test('verifyAudit says that a checkpoint is missing or of another key', async (t) => {
  const temp = makeTempLog(t);
  await temp.fill(1);
  const other = { path: temp.path, files: temp.files, key: Buffer.alloc(32, 1) };
  assert.equal((await verifyAudit(other)).detail, 'was not made with the audit key');
  unlinkSync(temp.checkpoint);
  assert.equal((await temp.verify()).detail, 'the checkpoint is missing');
});

test('verifyAudit reports its progress up to the whole size', async (t) => {
  const temp = makeTempLog(t);
  await temp.fill(1000);
  const reports: (readonly number[])[] = [];
  await verifyAudit({
    path: temp.path,
    key: KEY,
    files: temp.files,
    onProgress: (done, total) => reports.push([done, total]),
  });
  const size = temp.text().length;
  assert.ok(reports.length > 1);
  assert.deepEqual(reports.at(-1), [size, size]);
});
