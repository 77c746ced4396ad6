import type { Label } from '../../../vocabulary/enums.ts';
import type { WalkedFile } from '../storage/walk.ts';

/** What became of a file when it was last read. */
export type Fate =
  | {
      readonly kind: 'indexed';
      readonly row: number;
      readonly bytes: number;
      readonly label: Label;
    }
  /** Above the ceiling: its text never reaches the index. */
  | { readonly kind: 'left_out' }
  /** Not readable as text, or larger than a file may be. */
  | { readonly kind: 'unreadable' }
  /** No room was left; tried again each time. */
  | { readonly kind: 'no_room' };

export interface KnownFile {
  readonly file: WalkedFile;
  readonly fate: Fate;
}

/** True when a file is as it was: nobody needs to read it again. */
export const isUnchanged = (known: KnownFile, now: WalkedFile): boolean =>
  known.fate.kind !== 'no_room' && known.file.version === now.version;

export interface FileCounts {
  readonly searched: number;
  readonly left_out: number;
  readonly skipped: number;
}

export const countFiles = (known: Iterable<KnownFile>, beyond: number): FileCounts => {
  let searched = 0;
  let leftOut = 0;
  let skipped = beyond;
  for (const { fate } of known) {
    switch (fate.kind) {
      case 'indexed':
        searched += 1;
        break;
      case 'left_out':
        leftOut += 1;
        break;
      case 'unreadable':
      case 'no_room':
        skipped += 1;
        break;
      default:
        fate satisfies never;
    }
  }
  return { searched, left_out: leftOut, skipped };
};
