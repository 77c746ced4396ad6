import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PolicyFilePower } from '../../gateway/firewall/external/policy-file.ts';

/** Replaces one file in one durable step: a new file beside it, its bytes on disk, then its name. */
export const makePolicyFilePowers = (): PolicyFilePower =>
  Object.freeze<PolicyFilePower>({
    read: async (path) => {
      try {
        return await readFile(path);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    replace: async (path, bytes) => {
      const beside = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}`);
      try {
        const file = await open(beside, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
    },
    remove: async (path) => {
      await rm(path, { force: true });
      await syncFolder(dirname(path));
    },
  });

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
