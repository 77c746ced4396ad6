import { constants } from 'node:fs';
import { type FileHandle, lstat, open, opendir } from 'node:fs/promises';
import type {
  FileReading,
  FolderEntry,
  FolderReading,
  PackageFilePowers,
} from '../../catalog/package/package-file-powers.ts';

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Reads the files of packages and trust stores. */
export const makePackageFilesPowers = (): PackageFilePowers =>
  Object.freeze({ listFolder, readFile, ownUid: process.geteuid?.() ?? -1 });

const readFile = async (path: string, most: number): Promise<FileReading> => {
  try {
    await using file = await open(path, FLAGS);
    const facts = await file.stat();
    if (!facts.isFile()) return { kind: 'unreadable', reason: 'not a regular file' };
    if (facts.size > most) return { kind: 'too_large' };
    const { nlink: links, mode, uid } = facts;
    const bytes = await readUpTo(file, facts.size);
    // A file that grows or shrinks under the reader is nobody's package.
    if (bytes.length !== facts.size) return { kind: 'unreadable', reason: 'it changes' };
    return { kind: 'open', links, mode, uid, bytes };
  } catch (error) {
    return failed(error);
  }
};

const readUpTo = async (file: FileHandle, size: number): Promise<Uint8Array> => {
  const buffer = Buffer.alloc(size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
    length += bytesRead;
    if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length);
  }
};

const listFolder = async (path: string, most: number): Promise<FolderReading> => {
  try {
    const facts = await lstat(path);
    if (!facts.isDirectory()) return { kind: 'unreadable', reason: 'not a folder' };
    const entries: FolderEntry[] = [];
    await using folder = await opendir(path);
    for await (const entry of folder) {
      entries.push({
        name: entry.name,
        kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other',
      });
      if (entries.length > most) break;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    return { kind: 'open', entries, mode: facts.mode & 0o7777, uid: facts.uid };
  } catch (error) {
    return failed(error);
  }
};

const failed = (
  error: unknown,
): { readonly kind: 'absent' } | { readonly kind: 'unreadable'; readonly reason: string } => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'ENOENT') return { kind: 'absent' };
  return { kind: 'unreadable', reason: code === 'ELOOP' ? 'a symbolic link' : code };
};
