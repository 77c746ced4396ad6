import { CURRENT_FOLDER, OPEN, RESOLVE } from '../../../linux/open-flags.ts';
import type { Log } from '../../../vocabulary/log.ts';
import { covers, isCanonical } from '../../grant/path-matcher.ts';
import type { StorageLinuxPowers } from './storage-powers.ts';
import { codeOf } from './unavailable.ts';

/** Never a scope, whatever a configuration says: what the kernel makes up (attack 104). */
const KERNEL_FOLDERS = ['/proc', '/sys', '/dev'];

const FLAGS = OPEN.pathOnly | OPEN.directory | OPEN.noFollow | OPEN.closeOnExec;
const NO_LINKS = RESOLVE.noSymlinks | RESOLVE.noMagicLinks;

/**
 * Opens each scope's folder once, as the descriptor that every later lookup starts from. A folder that
 * is missing or reached through a link is left out, and the log says so: nothing below it is available.
 */
export const openScopeRoots = (
  roots: readonly string[],
  linux: Pick<StorageLinuxPowers, 'openat2'>,
  log: Log,
): Map<string, number> => {
  const opened = new Map<string, number>();
  for (const root of new Set(roots)) {
    const problem = openOne(root, linux, opened);
    if (problem !== undefined)
      log.warn({ root, problem }, 'scope is not available: expected a real folder, without links');
  }
  return opened;
};

const openOne = (
  root: string,
  linux: Pick<StorageLinuxPowers, 'openat2'>,
  opened: Map<string, number>,
): string | undefined => {
  if (!isCanonical(root)) return 'not a canonical absolute path';
  if (KERNEL_FOLDERS.some((folder) => covers(folder, root))) return 'a folder of the kernel';
  try {
    const how = { flags: FLAGS, mode: 0, resolve: NO_LINKS };
    opened.set(root, linux.openat2(CURRENT_FOLDER, root, how));
    return undefined;
  } catch (thrown) {
    return codeOf(thrown) || 'cannot be opened';
  }
};
