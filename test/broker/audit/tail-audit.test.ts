import assert from 'node:assert/strict';
import { appendFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tailAudit } from '../../../core/broker/audit/tail-audit.ts';
import { makeTempLog } from './temp-log.ts';

const dataOf = (entries: readonly object[]) =>
  entries.map((entry) => ('data' in entry ? entry.data : entry));

test('tailAudit gives the last entries, oldest first', async (t) => {
  const log = makeTempLog(t);
  await log.fill(2000);
  const { path, files } = log;
  assert.deepEqual(dataOf(await tailAudit({ path, files }, 2)), [{ i: 1998 }, { i: 1999 }]);
  assert.equal((await tailAudit({ path, files }, 1500)).length, 1500);
  assert.deepEqual(await tailAudit({ path, files }, 0), []);
});

test('tailAudit goes on into the archives and stops where the log begins', async (t) => {
  const log = makeTempLog(t);
  await log.fill(2);
  renameSync(log.path, join(log.folder, 'agent-audit.20260101-000000-000000.jsonl'));
  await log.fill(1);
  assert.deepEqual(dataOf(await tailAudit(log, 9)), [{ i: 0 }, { i: 1 }, { i: 0 }]);
  assert.deepEqual(dataOf(await tailAudit(log, 2)), [{ i: 1 }, { i: 0 }]);
});

test('tailAudit shows a damaged line without its control characters and leaves out a torn one', async (t) => {
  const log = makeTempLog(t);
  await log.fill(1);
  appendFileSync(log.path, '\u001b[2Jx\n{"timest');
  assert.deepEqual(dataOf(await tailAudit(log, 5)), [{ i: 0 }, { damaged: '?[2Jx' }]);
});

test('tailAudit of no log is empty', async (t) => {
  assert.deepEqual(await tailAudit(makeTempLog(t), 5), []);
});
