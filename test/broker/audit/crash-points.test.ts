import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, truncateSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { AuditFilePowers } from '../../../core/broker/audit/audit-file-powers.ts';
import { makeTempLog, type TempLog } from './temp-log.ts';

const STOPPED = new Error('stopped here');

/** The real files, dead from the `last`-th effect on; a write that it dies in is done by half. */
const stopsAt = (
  files: AuditFilePowers,
  last: number,
): AuditFilePowers & { readonly reached: () => boolean } => {
  let effects = 0;
  const effect = async <T>(run: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> => {
    effects += 1;
    if (effects < last) return run();
    if (effects === last) await half?.();
    throw STOPPED;
  };
  return {
    ...files,
    reached: () => effects >= last,
    writeFile: (path, bytes, options) =>
      effect(
        () => files.writeFile(path, bytes, options),
        () => files.writeFile(path, bytes.subarray(0, bytes.length / 2), options),
      ),
    rename: (from, to) => effect(() => files.rename(from, to)),
    syncFolder: (folder) => effect(() => files.syncFolder(folder)),
    openAppend: async (path) => {
      const handle = await effect(() => files.openAppend(path));
      return {
        ...handle,
        append: (bytes) =>
          effect(
            () => handle.append(bytes),
            () => handle.append(bytes.subarray(0, bytes.length / 2)),
          ),
        sync: () => effect(() => handle.sync()),
        truncate: (size) => effect(() => handle.truncate(size)),
      };
    },
  };
};

/** Opens and appends with files that stop at every effect in turn, then starts again in earnest. */
const stopEverywhere = async (
  t: TestContext,
  prepare: (log: TempLog) => Promise<void>,
  repair?: string,
) => {
  for (let last = 1; ; last += 1) {
    const temp = makeTempLog(t);
    await prepare(temp);
    const files = stopsAt(temp.files, last);
    const acknowledged: string[] = [];
    try {
      const log = await temp.open({ files });
      try {
        for (let i = 0; i < 2; i += 1) {
          acknowledged.push((await log.append({ event: 'note', data: { i } })).hash);
        }
      } finally {
        await log.close();
      }
    } catch (error) {
      assert.ok(error instanceof Error && error.cause === STOPPED, String(error));
    }
    await temp.fill(1);
    const hashes = temp.entries().map(({ entry_hash }) => entry_hash);
    for (const hash of acknowledged) assert.ok(hashes.includes(hash), `stopped at ${last}`);
    assert.equal((await temp.verify()).valid, true, `stopped at ${last}`);
    if (repair !== undefined) {
      const events = temp.entries().map(({ event }) => event);
      assert.ok(events.includes(repair), `stopped at ${last}, ${events}`);
    }
    if (!files.reached()) return last;
  }
};

test('a new log that stops at any effect loses nothing acknowledged and starts again', async (t) => {
  assert.ok((await stopEverywhere(t, async () => {})) > 8);
});

test('a log that stops at any effect of an append loses nothing acknowledged and starts again', async (t) => {
  assert.ok((await stopEverywhere(t, (log) => log.fill(2))) > 8);
});

test('a repair that stops at any effect is finished by the next start', async (t) => {
  const tear = (bytes: number) => async (log: TempLog) => {
    await log.fill(1);
    copyFileSync(log.checkpoint, `${log.checkpoint}.old`);
    await log.fill(2);
    const size = readFileSync(log.path).length;
    truncateSync(log.path, size - bytes);
  };
  const tearAndTurnBack = async (log: TempLog) => {
    await tear(200)(log);
    copyFileSync(`${log.checkpoint}.old`, log.checkpoint);
  };
  for (const prepare of [tear(200), tearAndTurnBack]) {
    assert.ok((await stopEverywhere(t, prepare, 'log_repaired')) > 8);
  }
  // A line that is completed again is as it was: when the record of it is lost, nothing else is.
  assert.ok((await stopEverywhere(t, tear(7))) > 8);
});
