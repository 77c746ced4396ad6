import { digestOf } from '../../../vocabulary/digest.ts';
import type { AccessScope, FileResource } from '../../../vocabulary/resource.ts';
import type { FolderWalk } from '../storage/walk.ts';
import { type FolderIndex, makeFolderIndex } from './folder-index.ts';
import type { IndexClient } from './index-client.ts';
import type { SearchLimits } from './search-limits.ts';
import { makeSharedRun, type SharedRun } from './shared-run.ts';
import { makeTextRoom } from './text-room.ts';

export interface OpenIndex {
  readonly index: FolderIndex;
  readonly refresh: SharedRun;
}

export interface OpenIndexes {
  /** Lends the index of a folder for one search; it is not evicted meanwhile. */
  use<Result>(
    resource: FileResource,
    access: AccessScope,
    search: (open: OpenIndex) => Promise<Result>,
  ): Promise<Result>;
  /** Forgets an index that was lost; those who still use it fail, the next search starts anew. */
  abandon(open: OpenIndex): void;
}

interface Entry extends OpenIndex {
  readonly key: string;
  users: number;
}

/**
 * The indexes in memory, least recently used first. One index serves searches of one folder with one
 * access scope: what a task may not see is not in its index, so neither its ranking nor its counts can
 * tell of it.
 */
export const makeOpenIndexes = (
  walk: FolderWalk,
  client: IndexClient,
  limits: SearchLimits,
): OpenIndexes => {
  const entries = new Map<string, Entry>();
  let lastId = 0;

  const evictIdle = (): boolean => {
    for (const entry of entries.values()) {
      if (entry.users > 0) continue;
      entries.delete(entry.key);
      entry.index.discard();
      return true;
    }
    return false;
  };
  const room = makeTextRoom(limits.textBytes, evictIdle);

  const open = (key: string, resource: FileResource, access: AccessScope): Entry => {
    while (entries.size >= limits.indexes && evictIdle());
    lastId += 1;
    const index = makeFolderIndex({ id: lastId, resource, access, walk, client, room, limits });
    return { key, index, refresh: makeSharedRun(index.refresh), users: 0 };
  };

  const release = (entry: Entry): void => {
    entry.users -= 1;
    if (entry.users === 0 && entries.get(entry.key) !== entry) entry.index.discard();
  };

  return Object.freeze({
    use: async <Result>(
      resource: FileResource,
      access: AccessScope,
      search: (open: OpenIndex) => Promise<Result>,
    ) => {
      const key = keyOf(resource, access);
      const entry = entries.get(key) ?? open(key, resource, access);
      entries.delete(key);
      entries.set(key, entry);
      entry.users += 1;
      try {
        return await search(entry);
      } finally {
        release(entry);
      }
    },
    abandon: (lost: OpenIndex) => {
      for (const entry of entries.values()) if (entry === lost) entries.delete(entry.key);
    },
  });
};

const keyOf = ({ root, relative, display }: FileResource, access: AccessScope): string =>
  digestOf([root, relative, display, access.ceiling, [...access.readable].sort()]);
