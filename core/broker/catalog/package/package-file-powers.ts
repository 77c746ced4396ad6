/** What an open file turned out to be; the bytes only where it is regular and no larger than asked. */
export type FileReading =
  | { readonly kind: 'absent' }
  /** A link, a folder, a file without permission: the reason is for people. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | ({ readonly kind: 'open'; readonly links: number; readonly bytes: Uint8Array } & Ownership)
  | { readonly kind: 'too_large' };

export type FolderReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | ({
      readonly kind: 'open';
      /** Sorted by name; at most one more than was asked for, so that too many can be told. */
      readonly entries: readonly FolderEntry[];
    } & Ownership);

export interface FolderEntry {
  readonly name: string;
  /** `other`: a link, a FIFO, a device, a socket. */
  readonly kind: 'file' | 'folder' | 'other';
}

export interface Ownership {
  readonly mode: number;
  readonly uid: number;
}

/** Reads packages and trust stores: follows no link, waits for nothing, reads no more than it is told. */
export interface PackageFilePowers {
  readonly listFolder: (path: string, most: number) => Promise<FolderReading>;
  readonly readFile: (path: string, most: number) => Promise<FileReading>;
  readonly ownUid: number;
}
