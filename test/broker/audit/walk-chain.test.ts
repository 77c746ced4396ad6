import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeTempLog, type TempLog } from './temp-log.ts';

/** Two archives of two entries each and a current file of two, one chain. */
const withArchives = async (t: TestContext): Promise<TempLog & { readonly archives: string[] }> => {
  const log = makeTempLog(t);
  const archives = ['20260101-000000-000000', '20260102-000000-000000'].map((stamp) =>
    join(log.folder, `agent-audit.${stamp}.jsonl`),
  );
  for (const archive of archives) {
    await log.fill(2);
    renameSync(log.path, archive);
  }
  await log.fill(2);
  return { ...log, archives };
};

test('a chain goes on over archives and current file', async (t) => {
  const log = await withArchives(t);
  assert.deepEqual(await log.verify(), {
    valid: true,
    entries: 6,
    broken_at: null,
    file: null,
    detail: 'chain and checkpoint verified',
  });
});

test('a crash between rotation and the first entry loses nothing: the chain goes on', async (t) => {
  const log = await withArchives(t);
  renameSync(log.path, join(log.folder, 'agent-audit.20260103-000000-000000.jsonl'));
  await log.fill(1);
  assert.deepEqual(log.entries()[0]?.data, { i: 0 });
  assert.deepEqual(await log.verify().then(({ valid, entries }) => [valid, entries]), [true, 7]);
});

test('a missing archive breaks the chain at the first line after the gap', async (t) => {
  const log = await withArchives(t);
  const [, second = ''] = log.archives;
  unlinkSync(second);
  await assert.rejects(log.open(), {
    code: 'log_unavailable',
    details: { file: 'agent-audit.jsonl', line: 1 },
  });
});

test('a flipped byte in an archive is named by file and line', async (t) => {
  const log = await withArchives(t);
  const [first = ''] = log.archives;
  const bytes = readFileSync(first);
  const at = bytes.indexOf('\n') + 50;
  bytes[at] = (bytes[at] ?? 0) ^ 4;
  writeFileSync(first, bytes);
  const { valid, entries, broken_at, file } = await log.verify();
  assert.deepEqual(
    [valid, entries, broken_at, file],
    [false, 1, 2, 'agent-audit.20260101-000000-000000.jsonl'],
  );
});

test('an archive that ends inside a line is damage, not a torn line', async (t) => {
  const log = await withArchives(t);
  const [first = ''] = log.archives;
  appendFileSync(first, '{"timestamp"');
  await assert.rejects(log.open(), /line `3`: an archive ends inside a line/);
});

test('swapped lines are a break', async (t) => {
  const log = makeTempLog(t);
  await log.fill(3);
  const [a, b, c] = log.text().split('\n');
  writeFileSync(log.path, `${a}\n${c}\n${b}\n`);
  await assert.rejects(log.open(), { details: { file: 'agent-audit.jsonl', line: 2 } });
});

test('a line over 1 MiB is damage, with and without its line break', async (t) => {
  for (const end of ['', '\n']) {
    const log = makeTempLog(t);
    await log.fill(1);
    appendFileSync(log.path, `${'x'.repeat(1024 * 1024 + 1)}${end}`);
    await assert.rejects(log.open(), /line `2`: longer than 1 MiB/);
  }
});
