/** SQLite as the task store needs it; synchronous, as `node:sqlite` is. */
export interface Database {
  exec(sql: string): void;
  run(sql: string, ...values: readonly SqlValue[]): void;
  all(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[];
  /** Durable when it returns: this is the one point at which rows become true. */
  commit(): void;
  close(): void;
}

export type SqlValue = string | number | Uint8Array;
export type SqlRow = ReadonlyMap<string, SqlValue>;
export type OpenDatabase = (path: string) => Database;
