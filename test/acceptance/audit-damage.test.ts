import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256 } from '../../core/vocabulary/digest.ts';
import { makeTempLog } from '../broker/audit/temp-log.ts';

test('audit.damage: `truncate -s -7` is repaired, the repair is recorded and nothing is lost', async (t) => {
  const log = makeTempLog(t);
  await log.fill(3);
  const before = log.text();
  execFileSync('truncate', ['-s', '-7', log.path]);

  await (await log.open()).close();

  assert.equal(log.text().slice(0, before.length), before);
  const repair = log.entries().at(-1);
  assert.equal(repair?.event, 'log_repaired');
  assert.deepEqual(repair?.data, { reason: 'line_completed', cut_bytes: 0, entry: 3 });
  assert.deepEqual(await log.verify(), {
    valid: true,
    entries: 4,
    broken_at: null,
    file: null,
    detail: 'chain and checkpoint verified',
  });
});

test('audit.damage: a torn line whose data are gone is kept beside the log, cut and recorded as lost', async (t) => {
  const log = makeTempLog(t);
  await log.fill(3);
  const torn = log.text().split('\n')[2] ?? '';
  execFileSync('truncate', ['-s', `-${torn.length - 30}`, log.path]);
  const remainder = log.text().slice(log.text().lastIndexOf('\n') + 1);
  assert.ok(remainder.length > 0 && torn.startsWith(remainder), 'the cut is inside the last line');

  await (await log.open()).close();

  const repair = log.entries().at(-1);
  assert.equal(repair?.event, 'log_repaired');
  const kept = readdirSync(log.folder).filter((name) => name.includes('.lost-3-'));
  assert.equal(kept.length, 1);
  assert.equal(readFileSync(join(log.folder, kept[0] ?? ''), 'latin1'), remainder);
  assert.deepEqual(repair?.data, {
    reason: 'line_cut',
    entry: 3,
    cut_bytes: remainder.length,
    cut_sha256: sha256(remainder),
    kept_as: kept[0],
    counted: true,
  });
  assert.equal((await log.verify()).valid, true);
});

test('audit.damage: a flipped byte is a refusal that names file and line', async (t) => {
  for (const line of [1, 2, 3]) {
    const log = makeTempLog(t);
    await log.fill(3);
    const bytes = readFileSync(log.path);
    let at = 40;
    for (let i = 1; i < line; i += 1) at = bytes.indexOf('\n', at) + 40;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(log.path, bytes);

    await assert.rejects(log.open(), {
      code: 'log_unavailable',
      details: { file: 'agent-audit.jsonl', line },
    });
    assert.deepEqual(readFileSync(log.path), bytes, 'a refused log is left as it is');
    const answer = await log.verify();
    assert.deepEqual([answer.valid, answer.broken_at], [false, line]);
  }
});

test('audit.damage: an older checkpoint is repaired forward and the repair is recorded', async (t) => {
  const log = makeTempLog(t);
  await log.fill(2);
  copyFileSync(log.checkpoint, `${log.checkpoint}.old`);
  await log.fill(3);
  copyFileSync(`${log.checkpoint}.old`, log.checkpoint);

  await (await log.open()).close();

  const repair = log.entries().at(-1);
  assert.equal(repair?.event, 'checkpoint_repaired');
  assert.deepEqual(repair?.data, { counted: 2, entries: 5 });
  assert.equal((await log.verify()).valid, true);
});
