import { exceedsCeiling, type Label } from '../../../vocabulary/enums.ts';
import type { AccessScope, FileResource } from '../../../vocabulary/resource.ts';
import type { FolderWalk, WalkedFile } from '../storage/walk.ts';
import { makeChangeBatch } from './change-batch.ts';
import type { IndexClient } from './index-client.ts';
import {
  countFiles,
  type Fate,
  type FileCounts,
  isUnchanged,
  type KnownFile,
} from './known-files.ts';
import type { Passage } from './search-answer.ts';
import type { SearchLimits } from './search-limits.ts';
import type { TextRoom } from './text-room.ts';

export interface FoundFile {
  readonly display: string;
  readonly label: Label;
  readonly score: number;
  readonly passages: readonly Passage[];
}

/** One folder as tasks with one access scope see it, and its rows in the index thread. */
export interface FolderIndex {
  /** Brings the index up to date with the folder: reads what changed, drops what went. */
  refresh(signal: AbortSignal): Promise<void>;
  find(terms: readonly string[], limit: number): Promise<readonly FoundFile[]>;
  counts(): FileCounts;
  /** Gives back its room and its rows. Nothing may be under way. */
  discard(): void;
}

export interface FolderIndexParts {
  readonly id: number;
  readonly resource: FileResource;
  readonly access: AccessScope;
  readonly walk: FolderWalk;
  readonly client: IndexClient;
  readonly room: TextRoom;
  readonly limits: SearchLimits;
}

export const makeFolderIndex = (parts: FolderIndexParts): FolderIndex => {
  const { id, resource, access, walk, client, room, limits } = parts;
  const known = new Map<string, KnownFile>();
  const byRow = new Map<number, KnownFile>();
  let opened: Promise<unknown> | undefined;
  let lastRow = 0;
  let beyond = 0;

  const forget = (relative: string): void => {
    const old = known.get(relative);
    known.delete(relative);
    if (old?.fate.kind !== 'indexed') return;
    byRow.delete(old.fate.row);
    room.release(old.fate.bytes);
  };

  const remember = (file: WalkedFile, fate: Fate): void => {
    const entry = { file, fate };
    known.set(file.relative, entry);
    if (fate.kind === 'indexed') byRow.set(fate.row, entry);
  };

  const rowOf = (relative: string): number | undefined => {
    const fate = known.get(relative)?.fate;
    return fate?.kind === 'indexed' ? fate.row : undefined;
  };

  // A path below the searched folder: the folder's own name would be a word of every file.
  const nameOf = (relative: string): string =>
    resource.relative === '' ? relative : relative.slice(resource.relative.length + 1);

  const examine = async (file: WalkedFile): Promise<{ fate: Fate; body: string }> => {
    if (file.size > limits.fileBytes) return { fate: { kind: 'unreadable' }, body: '' };
    const read = await walk.readForIndex(resource, access, file.relative);
    if (read === undefined) return { fate: { kind: 'unreadable' }, body: '' };
    if (exceedsCeiling(read.label, access.ceiling)) return { fate: { kind: 'left_out' }, body: '' };
    const bytes = Buffer.byteLength(read.text);
    if (bytes > limits.fileBytes) return { fate: { kind: 'unreadable' }, body: '' };
    if (!room.reserve(bytes)) return { fate: { kind: 'no_room' }, body: '' };
    lastRow += 1;
    return { fate: { kind: 'indexed', row: lastRow, bytes, label: read.label }, body: read.text };
  };

  const refresh = async (signal: AbortSignal): Promise<void> => {
    opened ??= client.call({ kind: 'open', index: id });
    await opened;
    const gone = new Set(known.keys());
    let seen = 0;
    const batch = makeChangeBatch(client, id, limits, { forget, remember, release: room.release });
    try {
      const bounds = { maxFiles: limits.walked, maxDepth: limits.depth, signal };
      for await (const file of walk.walk(resource, access, bounds)) {
        signal.throwIfAborted();
        seen += 1;
        if (seen > limits.files) continue;
        gone.delete(file.relative);
        const old = known.get(file.relative);
        if (old !== undefined && isUnchanged(old, file)) continue;
        const { fate, body } = await examine(file);
        await batch.add({
          file,
          fate,
          body,
          name: nameOf(file.relative),
          drop: rowOf(file.relative),
        });
      }
      signal.throwIfAborted();
      for (const relative of gone) await batch.remove(relative, rowOf(relative));
      await batch.send();
      beyond = Math.max(0, seen - limits.files);
    } finally {
      batch.abandon();
    }
  };

  return Object.freeze({
    refresh,
    find: async (terms: readonly string[], limit: number) => {
      const found = await client.call({ kind: 'find', index: id, terms, limit });
      return found.flatMap(({ row, score, passages }) => {
        const entry = byRow.get(row);
        if (entry?.fate.kind !== 'indexed') return [];
        return [{ display: entry.file.display, label: entry.fate.label, score, passages }];
      });
    },
    counts: () => countFiles(known.values(), beyond),
    discard: () => {
      for (const relative of [...known.keys()]) forget(relative);
      client.call({ kind: 'close', index: id }).catch(() => undefined);
    },
  });
};
