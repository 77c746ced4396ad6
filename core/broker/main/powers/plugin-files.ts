import { constants } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PluginFilePowers } from '../../catalog/store/plugin-file-powers.ts';
import { isMissing, replaceDurably, syncFolder } from './durable-file.ts';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/** The real files of installed plugins. */
export const makePluginFilePowers = (): PluginFilePowers =>
  Object.freeze<PluginFilePowers>({
    makeFolder: async (path) => {
      const made = await mkdir(path, { recursive: true, mode: 0o700 });
      if (made !== undefined) await syncFolder(dirname(made));
    },
    read,
    write: replaceDurably,
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
