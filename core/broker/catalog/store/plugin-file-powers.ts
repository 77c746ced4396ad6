/** Every effect of the plugin store on files. None follows a symbolic link at the last segment. */
export interface PluginFilePowers {
  /** Makes a private folder where it is missing, and its name durable. */
  readonly makeFolder: (path: string) => Promise<void>;
  /** A regular file's bytes; undefined where there is none. @throws for more than `most` bytes */
  readonly read: (path: string, most: number) => Promise<Uint8Array | undefined>;
  /** Replaces or creates a private file at once; bytes and name are durable when it resolves. */
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Durable when it resolves. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** A file or a folder with all that is in it; nothing where it is missing. */
  readonly remove: (path: string) => Promise<void>;
}
