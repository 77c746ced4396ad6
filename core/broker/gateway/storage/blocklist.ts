import { AgentError } from '../../../vocabulary/errors.ts';
import { isCanonical } from '../../grant/path-matcher.ts';
import type { StorageFilePowers } from './storage-powers.ts';

/** An absolute path that no task reaches: a file, a folder, or a name without its ending. */
export type BlockedPath = string;

export interface BlockGuard {
  readonly blocksPath: (absolute: string) => boolean;
  readonly blocksObject: (identity: string) => boolean;
}

// A workspace may contain the broker's own state, keys, tokens, policy or log, or an alias of them. They
// are refused twice: by name, and by device and inode of what was really opened (attack 114).

/**
 * What is blocked: each path, all below it, and its siblings that only add an ending (`tasks.db-wal`,
 * `agent-audit.20260101.jsonl` for `agent-audit`). The guard looks the objects up when it is made, as a
 * log or checkpoint may be new; make one for each access.
 * @throws AgentError configuration for a path that is not canonical
 */
export const makeBlocklist = (
  paths: readonly BlockedPath[],
  files: Pick<StorageFilePowers, 'identityAt' | 'realPath'>,
): (() => BlockGuard) => {
  if (!paths.every(isCanonical))
    throw new AgentError({
      code: 'configuration',
      message: 'a blocked path is not a canonical absolute path',
    });
  const names = [...new Set([...paths, ...paths.map(files.realPath)])];
  return () => {
    const objects = new Set(names.map(files.identityAt));
    return {
      blocksPath: (absolute) => names.some((name) => blocks(name, absolute)),
      blocksObject: (identity) => objects.has(identity),
    };
  };
};

// One string comparison a name, as every name of a folder is asked about. What follows the blocked name is
// nothing, a slash or an ending: all three are blocked. A letter or digit makes another name of it.
const blocks = (name: string, absolute: string): boolean =>
  absolute.startsWith(name) && !/^[\p{L}\p{N}]/u.test(absolute.slice(name.length));
