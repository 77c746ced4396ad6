/** What the storage gateway may ask of the kernel beside plain file calls. Each throws with a `code`. */
export interface StorageLinuxPowers {
  readonly openat2: (
    directory: number,
    path: string,
    how: { readonly flags: number; readonly mode: number; readonly resolve: number },
  ) => number;
  readonly renameWithin: (
    directory: number,
    from: string,
    to: string,
    how: { readonly replace: boolean },
  ) => void;
  readonly unlinkat: (directory: number, name: string) => void;
}

export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'other';
  /** Device and inode: the object itself, under whatever name. */
  readonly identity: string;
  /** Identity, size and times: differs when the content may differ. */
  readonly version: string;
  readonly links: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/** File calls on descriptors that the gateway opened, and two questions about configured paths. */
export interface StorageFilePowers {
  readonly factsOf: (descriptor: number) => FileFacts;
  /** Follows links; undefined where there is nothing. For paths of the configuration alone. */
  readonly identityAt: (path: string) => string | undefined;
  /** The path without links, as far as it exists. For paths of the configuration alone. */
  readonly realPath: (path: string) => string;
  /** The names in an open folder, or undefined when there are more than `most`. */
  readonly namesIn: (descriptor: number, most: number) => Promise<readonly string[] | undefined>;
  readonly read: (descriptor: number, into: Uint8Array, position: number) => Promise<number>;
  readonly write: (descriptor: number, bytes: Uint8Array, position: number) => Promise<number>;
  readonly sync: (descriptor: number) => Promise<void>;
  readonly close: (descriptor: number) => void;
}
