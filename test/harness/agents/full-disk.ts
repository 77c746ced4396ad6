import { existsSync } from 'node:fs';
import type { AppendHandle } from '../../../core/broker/audit/audit-file-powers.ts';
import { serve } from '../../../core/broker/main/entry.ts';
import { makePowers } from '../../../core/broker/main/powers.ts';

// A composition root for tests: the real broker on a disk that is full for the log while the file FULL_LOG
// exists, and for the store while FULL_STORE does.

const real = makePowers();

const demandRoom = (variable: string): void => {
  const sign = process.env[variable];
  if (sign === undefined || !existsSync(sign)) return;
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};

await serve(process.env, {
  ...real,
  auditFiles: {
    ...real.auditFiles,
    openAppend: async (path): Promise<AppendHandle> => {
      const handle = await real.auditFiles.openAppend(path);
      return {
        ...handle,
        append: async (bytes) => {
          demandRoom('FULL_LOG');
          await handle.append(bytes);
        },
      };
    },
  },
  openDatabase: (path) => {
    const database = real.openDatabase(path);
    return {
      ...database,
      commit: () => {
        demandRoom('FULL_STORE');
        database.commit();
      },
    };
  },
});
