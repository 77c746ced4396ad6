import {
  type BigIntStats,
  closeSync,
  fstatSync,
  fsync,
  read,
  realpathSync,
  statSync,
  write,
} from 'node:fs';
import { opendir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { FileFacts, StorageFilePowers } from '../../gateway/storage/storage-powers.ts';

const readAt = promisify(read);
const writeAt = promisify(write);
const syncFile = promisify(fsync);

/** The file calls of the storage gateway, on descriptors that it opened itself. */
export const makeStorageFilePowers = (): StorageFilePowers =>
  Object.freeze<StorageFilePowers>({
    factsOf: (descriptor) => toFacts(fstatSync(descriptor, { bigint: true })),
    identityAt,
    realPath,
    namesIn,
    read: async (descriptor, into, position) =>
      (await readAt(descriptor, into, 0, into.byteLength, position)).bytesRead,
    write: async (descriptor, bytes, position) =>
      (await writeAt(descriptor, bytes, 0, bytes.byteLength, position)).bytesWritten,
    sync: (descriptor) => syncFile(descriptor),
    close: (descriptor) => closeSync(descriptor),
  });

const identityOf = (stats: BigIntStats): string => `${stats.dev}:${stats.ino}`;

// What this process may not look at is nothing to it, under this name or another.
const identityAt = (path: string): string | undefined => {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? undefined : identityOf(stats);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EACCES') return undefined;
    throw thrown;
  }
};

const toFacts = (stats: BigIntStats): FileFacts => ({
  kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
  identity: identityOf(stats),
  version: `${identityOf(stats)}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`,
  links: Number(stats.nlink),
  size: Number(stats.size),
  mtimeMs: Number(stats.mtimeMs),
  ino: Number(stats.ino),
});

// A configured file may not exist yet (a log before its first record): its folder is what has links.
const realPath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
};

const namesIn = async (
  descriptor: number,
  most: number,
): Promise<readonly string[] | undefined> => {
  const names: string[] = [];
  for await (const entry of await opendir(`/proc/self/fd/${descriptor}`, { bufferSize: 256 })) {
    if (names.length === most) return undefined;
    names.push(entry.name);
  }
  return names;
};
