import { constants } from 'node:fs';
import { type FileHandle, open, readdir, rename } from 'node:fs/promises';
import type { AppendHandle, AuditFilePowers, ReadHandle } from '../../audit/audit-file-powers.ts';

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_TRUNC, O_WRONLY } = constants;
const MODE = 0o660;

/** The real files beneath the audit log. */
export const makeAuditFilePowers = (): AuditFilePowers =>
  Object.freeze({
    openAppend,
    openRead,
    list: (folder: string) => readdir(folder).catch(noneIfMissing),
    writeFile,
    rename: (from: string, to: string) => rename(from, to),
    syncFolder,
  });

const openAppend = async (path: string): Promise<AppendHandle> => {
  const handle = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, MODE);
  try {
    const { nlink } = await regularFile(handle);
    if (nlink !== 1) throw new Error(`expected one link, got \`${nlink}\``);
    await forceMode(handle);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return Object.freeze({
    append: (bytes: Uint8Array) => writeAll(handle, bytes),
    // Flushes the bytes and the size: all of the metadata that reading them back needs.
    sync: () => handle.datasync(),
    facts: async () => {
      const { size, nlink } = await handle.stat();
      return { size, links: nlink };
    },
    truncate: (size: number) => handle.truncate(size),
    close: () => handle.close(),
  });
};

const openRead = async (path: string): Promise<ReadHandle | undefined> => {
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(undefinedIfMissing);
  if (handle === undefined) return undefined;
  try {
    const { size } = await regularFile(handle);
    return Object.freeze({
      size,
      read: (offset: number, length: number) => readRange(handle, offset, length),
      close: () => handle.close(),
    });
  } catch (error) {
    await handle.close();
    throw error;
  }
};

const readRange = async (handle: FileHandle, offset: number, length: number): Promise<Buffer> => {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
};

const writeFile = async (
  path: string,
  bytes: Uint8Array,
  { sync }: { readonly sync: boolean },
): Promise<void> => {
  const handle = await open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK, MODE);
  try {
    await regularFile(handle);
    await forceMode(handle);
    await writeAll(handle, bytes);
    if (sync) await handle.sync();
  } finally {
    await handle.close();
  }
};

const writeAll = async (handle: FileHandle, bytes: Uint8Array): Promise<void> => {
  let written = 0;
  while (written < bytes.length) {
    written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
  }
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const regularFile = async (handle: FileHandle): Promise<{ size: number; nlink: number }> => {
  const stat = await handle.stat();
  if (!stat.isFile()) throw new Error('expected a regular file');
  return stat;
};

// The umask of the service must not take the group's access away: the log's readers are a group.
const forceMode = async (handle: FileHandle): Promise<void> => {
  if (((await handle.stat()).mode & 0o7777) !== MODE) await handle.chmod(MODE);
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const undefinedIfMissing = (error: unknown): undefined => {
  if (!isMissing(error)) throw error;
  return undefined;
};

const noneIfMissing = (error: unknown): string[] => {
  if (!isMissing(error)) throw error;
  return [];
};
