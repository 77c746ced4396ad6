import { chmodSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Database, OpenDatabase, SqlValue } from '../../task/database-power.ts';

const HARDENING: readonly string[] = [
  'PRAGMA journal_mode=WAL',
  'PRAGMA synchronous=FULL',
  'PRAGMA trusted_schema=OFF',
  'PRAGMA secure_delete=ON',
  'PRAGMA busy_timeout=2000',
];

/** Opens the database file, private to this user, in WAL mode with full synchronisation. */
export const openDatabase: OpenDatabase = (path) => {
  const database = new DatabaseSync(path, {
    allowExtension: false,
    enableDoubleQuotedStringLiterals: false,
    enableForeignKeyConstraints: true,
    defensive: true,
  });
  chmodSync(path, 0o600);
  for (const pragma of HARDENING) database.exec(pragma);
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

const toValue = (cell: unknown): SqlValue => {
  if (typeof cell === 'string' || typeof cell === 'number' || cell instanceof Uint8Array)
    return cell;
  throw new TypeError('expected text, a number or bytes in a row');
};
