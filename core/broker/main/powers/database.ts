import { chmodSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { Database, OpenDatabase, SqlValue } from '../../task/ledger/database-power.ts';

const HARDENING: readonly string[] = [
  // First of all, so that the lock is the file's for as long as this process has it open.
  'PRAGMA busy_timeout=2000',
  'PRAGMA locking_mode=EXCLUSIVE',
  'PRAGMA journal_mode=WAL',
  'PRAGMA synchronous=FULL',
  'PRAGMA trusted_schema=OFF',
  'PRAGMA secure_delete=ON',
  // The broker cannot open a temporary file once it is locked.
  'PRAGMA temp_store=MEMORY',
];

/**
 * Opens the database file, private to this user, in WAL mode with full synchronisation, and for this
 * process alone: another one that has it open, or wants to, is refused (attack 192).
 */
export const openDatabase: OpenDatabase = (path) => {
  const database = openExclusively(path);
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const opened: Database = {
    exec: (sql) => database.exec(sql),
    run: (sql, ...values) => {
      prepared(sql).run(...values);
    },
    all: (sql, ...values) =>
      prepared(sql)
        .all(...values)
        .map((row) => new Map(Object.entries(row).map(([name, cell]) => [name, toValue(cell)]))),
    commit: () => database.exec('COMMIT'),
    close: () => database.close(),
  };
  return Object.freeze(opened);
};

const openExclusively = (path: string): DatabaseSync => {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, {
      allowExtension: false,
      enableDoubleQuotedStringLiterals: false,
      enableForeignKeyConstraints: true,
      defensive: true,
    });
    chmodSync(path, 0o600);
    for (const pragma of HARDENING) database.exec(pragma);
    // The lock is taken by the first write, and kept.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    return database;
  } catch (cause) {
    database?.close();
    throw isBusy(cause)
      ? new AgentError({
          code: 'store_unavailable',
          message: 'the task store is in use by another process',
          remedy: 'stop the other agent, or give this one its own AGENT_TASK_STATE_PATH',
          cause,
        })
      : new AgentError({
          code: 'store_unavailable',
          message: 'the task store cannot be opened',
          cause,
        });
  }
};

const SQLITE_BUSY = 5;

const isBusy = (thrown: unknown): boolean =>
  thrown instanceof Error && 'errcode' in thrown && thrown.errcode === SQLITE_BUSY;

const toValue = (cell: unknown): SqlValue => {
  if (typeof cell === 'string' || typeof cell === 'number' || cell instanceof Uint8Array)
    return cell;
  throw new TypeError('expected text, a number or bytes in a row');
};
