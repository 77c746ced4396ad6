import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every path below a folder with a digest of what stands there: kind, mode, owner, times and content. */
export type FolderState = ReadonlyMap<string, string>;

/**
 * @param unread a file whose content is left alone, because to look at it would be a read as well; no write
 * leaves the time of its last change, which nobody can set, where it was
 */
export const folderState = (folder: string, unread?: string): FolderState => {
  const state = new Map<string, string>();
  const visit = (path: string): void => {
    const stats = lstatSync(path, { bigint: true });
    const { mode, uid, gid, ino, nlink, mtimeNs, ctimeNs } = stats;
    const digest = createHash('sha256').update(
      [mode, uid, gid, ino, nlink, mtimeNs, ctimeNs].join(' '),
    );
    if (stats.isFile() && path !== unread) digest.update(readFileSync(path));
    if (stats.isSymbolicLink()) digest.update(readlinkSync(path));
    state.set(path, digest.digest('hex'));
    if (stats.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
  };
  visit(folder);
  return state;
};

/** Paths that are new, gone or no longer what they were. */
export const changedPaths = (before: FolderState, after: FolderState): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .sort();
