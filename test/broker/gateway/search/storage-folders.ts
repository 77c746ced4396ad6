import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeStorageGateway } from '../../../../core/broker/gateway/storage/storage-gateway.ts';
import type { FolderWalk } from '../../../../core/broker/gateway/storage/walk.ts';
import { makeLinuxPowers } from '../../../../core/broker/main/powers/linux.ts';
import { makeStorageFilePowers } from '../../../../core/broker/main/powers/storage-files.ts';
import { silentLog } from './silent-log.ts';

/** The storage gateway's own view of some folders, as the program composes it. */
export const openStorageFolders = async (
  roots: readonly string[],
  blocked: readonly string[] = [],
): Promise<{ readonly folders: FolderWalk; readonly close: () => Promise<void> }> => {
  const restoreFolder = await mkdtemp(join(tmpdir(), 'restore-'));
  const storage = await makeStorageGateway({
    linux: makeLinuxPowers(),
    files: makeStorageFilePowers(),
    roots,
    blocked,
    restoreFolder,
    random: randomBytes,
    log: silentLog,
  });
  return {
    folders: storage.folders,
    close: async () => {
      await storage.close();
      await rm(restoreFolder, { recursive: true });
    },
  };
};
