import { writeFileSync } from 'node:fs';
import type { AppendHandle } from '../../../core/broker/audit/audit-file-powers.ts';
import { serve } from '../../../core/broker/main/entry.ts';
import { makePowers, type Powers } from '../../../core/broker/main/powers.ts';

// A composition root for tests: the real broker whose powers stop the process, as by SIGKILL, before or
// after the CRASH_AT-th durable effect since it listens. With CRASH_AT=0 it only counts, into CRASH_COUNT.

const crashAt = Number(process.env['CRASH_AT'] ?? 0);
const countFile = process.env['CRASH_COUNT'];
const listening = { yet: false };
let count = 0;

// Two points an effect: just before it, when nothing has happened, and just after, when nobody knows yet.
const point = (): void => {
  if (!listening.yet) return;
  count += 1;
  if (countFile !== undefined) writeFileSync(countFile, String(count));
  if (count === crashAt) process.kill(process.pid, 'SIGKILL');
};

const around =
  <Args extends readonly unknown[], Result>(effect: (...args: Args) => Result) =>
  (...args: Args): Result => {
    point();
    const result = effect(...args);
    if (result instanceof Promise) return result.finally(point) as Result;
    point();
    return result;
  };

const real = makePowers();

const openAppend = async (path: string): Promise<AppendHandle> => {
  const handle = await real.auditFiles.openAppend(path);
  return { ...handle, append: around(handle.append), sync: around(handle.sync) };
};

const powers: Powers = {
  ...real,
  auditFiles: {
    ...real.auditFiles,
    openAppend,
    writeFile: around(real.auditFiles.writeFile),
    rename: around(real.auditFiles.rename),
  },
  socketFiles: {
    ...real.socketFiles,
    // The last thing before it listens.
    setMode: async (...args) => {
      await real.socketFiles.setMode(...args);
      listening.yet = true;
    },
  },
  openDatabase: (path) => {
    const database = real.openDatabase(path);
    return { ...database, commit: around(database.commit) };
  },
  linux: {
    ...real.linux,
    renameWithin: around(real.linux.renameWithin),
    unlinkat: around(real.linux.unlinkat),
  },
  storageFiles: {
    ...real.storageFiles,
    write: around(real.storageFiles.write),
    sync: around(real.storageFiles.sync),
  },
};

await serve(process.env, powers);
