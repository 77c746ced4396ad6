import { byCodePoint } from '../../../vocabulary/canonical.ts';
import type { Label } from '../../../vocabulary/enums.ts';
import type { AccessScope, FileResource } from '../../../vocabulary/resource.ts';
import { covers } from '../../grant/path-matcher.ts';
import { MAX_PATH_BYTES } from '../../grant/path-segment.ts';
import { admit } from './admit.ts';
import type { BlockGuard } from './blocklist.ts';
import { breathe } from './breathe.ts';
import { lookAt, shownNames } from './folder-entries.ts';
import { readLabelled } from './labelled-file.ts';
import type { BeneathOpener } from './open-beneath.ts';
import type { StorageFilePowers } from './storage-powers.ts';
import { asRefusal } from './unavailable.ts';

export interface WalkedFile {
  /** Below the scope's root, as `readForIndex` takes it. */
  readonly relative: string;
  readonly display: string;
  readonly size: number;
  /** Differs when the content may differ: inode, size and both times. */
  readonly version: string;
}

export interface WalkLimits {
  /** Bounds the files given and, apart from that, the folders visited. */
  readonly maxFiles: number;
  /** Folders below the first: 0 gives the folder's own files. */
  readonly maxDepth: number;
  readonly signal: AbortSignal;
}

/** What a search may see of a folder: exactly the files that reading would give, one by one. */
export interface FolderWalk {
  readonly walk: (
    resource: FileResource,
    access: AccessScope,
    limits: WalkLimits,
  ) => AsyncIterable<WalkedFile>;
  /** Undefined for what is not readable text: too large, binary, gone, a link, blocked. */
  readonly readForIndex: (
    resource: FileResource,
    access: AccessScope,
    relative: string,
  ) => Promise<{ readonly text: string; readonly label: Label } | undefined>;
}

interface WalkDeps {
  readonly opener: BeneathOpener;
  readonly files: StorageFilePowers;
  readonly blocklist: () => BlockGuard;
}

/** After so many files the walk lets the rest of the broker run. */
const BREATH = 100;

interface Pending {
  readonly relative: string;
  readonly depth: number;
  /** Known for a file; a folder is opened when its turn comes. */
  readonly file: Omit<WalkedFile, 'relative' | 'display'> | undefined;
}

export const makeWalk = ({ opener, files, blocklist }: WalkDeps): FolderWalk => {
  const entriesOf = async (
    { root }: FileResource,
    { relative, depth }: Pending,
    guard: BlockGuard,
  ): Promise<readonly Pending[]> => {
    using folder = opener.openFolder(root, relative, guard);
    const absolute = relative === '' ? root : `${root}/${relative}`;
    const names = await shownNames(folder, absolute, guard, files);
    const entries: Pending[] = [];
    for (const [place, name] of names.entries()) {
      if (place % BREATH === BREATH - 1) await breathe();
      const facts = lookAt(folder, name, guard, opener);
      const below = relative === '' ? name : `${relative}/${name}`;
      if (facts === undefined || Buffer.byteLength(below) > MAX_PATH_BYTES) continue;
      const file = facts.kind === 'file' ? facts : undefined;
      entries.push({ relative: below, depth: depth + 1, file });
    }
    return entries.sort((a, b) => byCodePoint(sortKey(a), sortKey(b)));
  };

  // Iterative, with its own stack: a tree of any depth costs memory in proportion to its width (attack 95).
  const walk = async function* (
    resource: FileResource,
    access: AccessScope,
    { maxFiles, maxDepth, signal }: WalkLimits,
  ): AsyncGenerator<WalkedFile> {
    const guard = blocklist();
    admitFolder(resource, access, guard);
    const stack: Pending[] = [{ relative: resource.relative, depth: 0, file: undefined }];
    let given = 0;
    let visited = 0;
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      signal.throwIfAborted();
      const { relative, file, depth } = next;
      if (file === undefined) {
        if (depth > maxDepth || visited === maxFiles) continue;
        const first = visited === 0;
        visited += 1;
        stack.push(...(await entriesOrNone(resource, next, guard, first)).toReversed());
        continue;
      }
      if (given === maxFiles) return;
      given += 1;
      const { size, version } = file;
      yield { relative, display: displayOf(resource, relative), size, version };
    }
  };

  // The folder asked for must open; one below it may vanish or be closed to us meanwhile.
  const entriesOrNone = async (
    resource: FileResource,
    next: Pending,
    guard: BlockGuard,
    first: boolean,
  ): Promise<readonly Pending[]> => {
    try {
      return await entriesOf(resource, next, guard);
    } catch (thrown) {
      const refusal = asRefusal('folder', thrown);
      if (first || refusal.code === 'storage_failed') throw refusal;
      return [];
    }
  };

  const readForIndex: FolderWalk['readForIndex'] = async (resource, access, relative) => {
    try {
      const guard = blocklist();
      admitFolder(resource, access, guard);
      const absolute = `${resource.root}/${relative}`;
      if (!covers(resource.absolute, absolute)) return undefined;
      admit({ root: resource.root, relative, absolute }, access.readable, guard);
      using file = opener.openFile(resource.root, relative, guard);
      const { text, label } = await readLabelled(file, files);
      return text.includes('\0') ? undefined : { text, label };
    } catch (thrown) {
      const refusal = asRefusal('file', thrown);
      if (refusal.code === 'storage_failed') throw refusal;
      return undefined;
    }
  };

  return Object.freeze({ walk, readForIndex });
};

const admitFolder = (resource: FileResource, access: AccessScope, guard: BlockGuard): void => {
  try {
    admit(resource, access.readable, guard);
  } catch (thrown) {
    throw asRefusal('folder', thrown);
  }
};

/** A folder sorts as its files do, so that all paths come in the order of their code points. */
const sortKey = ({ relative, file }: Pending): string =>
  file === undefined ? `${relative}/` : relative;

const displayOf = (resource: FileResource, relative: string): string =>
  `${resource.display}/${resource.relative === '' ? relative : relative.slice(resource.relative.length + 1)}`;
