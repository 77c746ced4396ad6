import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PluginFilePowers } from '../../catalog/store/plugin-file-powers.ts';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** The real files of installed plugins. */
export const makePluginFilePowers = (): PluginFilePowers =>
  Object.freeze<PluginFilePowers>({
    makeFolder: async (path) => {
      const made = await mkdir(path, { recursive: true, mode: 0o700 });
      if (made !== undefined) await syncFolder(dirname(made));
    },
    read,
    write: async (path, bytes) => {
      const temporary = join(dirname(path), `.new-${randomBytes(8).toString('hex')}`);
      const handle = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, path);
      await syncFolder(dirname(path));
    },
    rename: async (from, to) => {
      await rename(from, to);
      await syncFolder(dirname(to));
    },
    remove: (path) => rm(path, { recursive: true, force: true }),
  });

const read = async (path: string, most: number): Promise<Uint8Array | undefined> => {
  try {
    const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const facts = await handle.stat();
      if (!facts.isFile()) throw new Error('expected a regular file');
      if (facts.size > most) throw new Error(`larger than ${most} bytes`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, O_RDONLY | O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
