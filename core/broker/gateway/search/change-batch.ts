import type { WalkedFile } from '../storage/walk.ts';
import type { IndexClient } from './index-client.ts';
import type { IndexedFile } from './index-messages.ts';
import type { Fate } from './known-files.ts';
import type { SearchLimits } from './search-limits.ts';

/** The folder index's own account of its files, changed only after the index thread has agreed. */
export interface Ledger {
  forget(relative: string): void;
  remember(file: WalkedFile, fate: Fate): void;
  release(bytes: number): void;
}

export interface FileChange {
  readonly file: WalkedFile;
  readonly fate: Fate;
  readonly name: string;
  readonly body: string;
  /** The row that the file's earlier text has. */
  readonly drop: number | undefined;
}

export interface ChangeBatch {
  add(change: FileChange): Promise<void>;
  remove(relative: string, row: number | undefined): Promise<void>;
  send(): Promise<void>;
  /** Gives back the room of what was not sent. */
  abandon(): void;
}

/** Gathers changes into messages of bounded size and waits for each: files are not read faster than indexed. */
export const makeChangeBatch = (
  client: IndexClient,
  index: number,
  limits: SearchLimits,
  ledger: Ledger,
): ChangeBatch => {
  let drop: number[] = [];
  let put: IndexedFile[] = [];
  let removed: string[] = [];
  let changed: FileChange[] = [];
  let bytes = 0;

  const clear = (): void => {
    drop = [];
    put = [];
    removed = [];
    changed = [];
    bytes = 0;
  };

  const send = async (): Promise<void> => {
    // INVARIANT: the event loop turns here even if there is nothing to say, so that a large folder of
    // unreadable files does not hold up the broker.
    if (drop.length + put.length > 0) await client.call({ kind: 'change', index, drop, put });
    else await new Promise((resolve) => setImmediate(resolve));
    for (const relative of removed) ledger.forget(relative);
    for (const { file, fate } of changed) {
      ledger.forget(file.relative);
      ledger.remember(file, fate);
    }
    clear();
  };

  const sendIfFull = async (): Promise<void> => {
    if (removed.length + changed.length >= limits.batchFiles || bytes >= limits.batchBytes)
      await send();
  };

  return Object.freeze({
    add: async (change: FileChange) => {
      const { fate, name, body } = change;
      changed.push(change);
      if (change.drop !== undefined) drop.push(change.drop);
      if (fate.kind === 'indexed') {
        put.push({ row: fate.row, name, body });
        bytes += fate.bytes;
      }
      await sendIfFull();
    },
    remove: async (relative: string, row: number | undefined) => {
      removed.push(relative);
      if (row !== undefined) drop.push(row);
      await sendIfFull();
    },
    send,
    abandon: () => {
      for (const { fate } of changed) if (fate.kind === 'indexed') ledger.release(fate.bytes);
      clear();
    },
  });
};
