/** The open log: bytes go to its end, whatever else happens to the file. */
export interface AppendHandle {
  /** Writes all bytes or throws; a part of them may then be in the file. */
  append(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  facts(): Promise<{ readonly size: number; readonly links: number }>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

export interface ReadHandle {
  readonly size: number;
  /** The bytes from `offset`, fewer than `length` only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/**
 * Every effect of the audit log on files. None follows a symbolic link at the last segment; opening
 * refuses what is no regular file.
 */
export interface AuditFilePowers {
  /** Creates it with mode 0660 where it is missing; refuses a file with a second link. */
  openAppend(path: string): Promise<AppendHandle>;
  /** Undefined where there is no such file. */
  openRead(path: string): Promise<ReadHandle | undefined>;
  /** Names in a folder; none where it is missing. */
  list(folder: string): Promise<readonly string[]>;
  /** Creates or overwrites with mode 0660; `sync` makes the bytes durable before it returns. */
  writeFile(path: string, bytes: Uint8Array, options: { readonly sync: boolean }): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Makes created and renamed names in the folder durable. */
  syncFolder(folder: string): Promise<void>;
}
