import { NO_USAGE } from '../../../vocabulary/budget.ts';
import { equalSecrets } from '../../../vocabulary/digest.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import { parseTaskId, type StepId, type TaskId } from '../../../vocabulary/ids.ts';
import { isJsonObject, type JsonObject } from '../../../vocabulary/json.ts';
import type { TaskEvent } from '../state/task-event.ts';
import type { Database, SqlRow, SqlValue } from './database-power.ts';
import type { EventChain } from './event-chain.ts';
import type { Seal } from './seal.ts';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS tasks(
  task_id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, events INTEGER NOT NULL,
  last BLOB NOT NULL, head BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS events(
  task_id TEXT NOT NULL REFERENCES tasks ON DELETE CASCADE, n INTEGER NOT NULL,
  audit_entry INTEGER NOT NULL, sealed BLOB NOT NULL, link BLOB NOT NULL,
  PRIMARY KEY (task_id, n)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results(
  task_id TEXT NOT NULL REFERENCES tasks ON DELETE CASCADE, step_id TEXT NOT NULL,
  sealed BLOB NOT NULL, PRIMARY KEY (task_id, step_id)) STRICT, WITHOUT ROWID;`;

/** The rows of all tasks. Each append is durable when it returns. */
export interface TaskStore {
  append(
    task: TaskId,
    events: readonly TaskEvent[],
    auditEntry: number,
    result?: { readonly step: StepId; readonly output: JsonObject },
  ): void;
  /** Every task, oldest first, its chain verified. @throws AgentError `store_unavailable` on damage */
  load(): readonly StoredTask[];
  result(task: TaskId, step: StepId): JsonObject | undefined;
  forget(task: TaskId): void;
  /** False after a write that failed, until one succeeds. */
  writable(): boolean;
  close(): void;
}

export interface StoredTask {
  readonly task: TaskId;
  readonly events: readonly TaskEvent[];
  /** The highest audit entry that its rows name: the log must reach at least so far. */
  readonly auditEntry: number;
}

/** Event rows are sealed and chained with a key; results are sealed (architecture, at rest). */
export const makeTaskStore = (deps: {
  readonly database: Database;
  readonly seal: Seal;
  readonly chain: EventChain;
}): TaskStore => {
  const { database, seal, chain } = deps;
  database.exec(SCHEMA);
  let writable = true;

  const transact = (work: () => void): void => {
    try {
      database.exec('BEGIN IMMEDIATE');
      work();
      database.commit();
      writable = true;
    } catch (cause) {
      writable = false;
      rollBack(database);
      throw new AgentError({ code: 'store_unavailable', message: 'cannot write the store', cause });
    }
  };

  const headOf = (task: TaskId, at: number): { events: number; last: Uint8Array } => {
    const [row] = database.all('SELECT events, last FROM tasks WHERE task_id = ?', task);
    if (row !== undefined) return { events: int(row, 'events'), last: bytes(row, 'last') };
    const last = chain.first(task);
    const head = chain.head(last, 0);
    database.run('INSERT INTO tasks VALUES (?, ?, 0, ?, ?)', task, at, last, head);
    return { events: 0, last };
  };

  const store: TaskStore = {
    append: (task, events, auditEntry, result) =>
      transact(() => {
        let { events: n, last } = headOf(task, events[0]?.at ?? 0);
        for (const event of events) {
          n += 1;
          const sealed = seal.close(JSON.stringify(event), eventContext(task, n));
          last = chain.link(last, n, auditEntry, sealed);
          database.run(
            'INSERT INTO events VALUES (?, ?, ?, ?, ?)',
            task,
            n,
            auditEntry,
            sealed,
            last,
          );
        }
        database.run(
          'UPDATE tasks SET events = ?, last = ?, head = ? WHERE task_id = ?',
          n,
          last,
          chain.head(last, n),
          task,
        );
        if (result !== undefined) {
          const sealed = seal.close(
            JSON.stringify(result.output),
            resultContext(task, result.step),
          );
          database.run('INSERT INTO results VALUES (?, ?, ?)', task, result.step, sealed);
        }
      }),
    load: () =>
      database
        .all('SELECT task_id, events, head FROM tasks ORDER BY created_at, task_id')
        .map((row) => loadTask(database, seal, chain, row)),
    result: (task, step) => {
      const [row] = database.all(
        'SELECT sealed FROM results WHERE task_id = ? AND step_id = ?',
        task,
        step,
      );
      if (row === undefined) return undefined;
      const value: unknown = JSON.parse(seal.open(bytes(row, 'sealed'), resultContext(task, step)));
      return isJsonObject(value) ? value : undefined;
    },
    forget: (task) => transact(() => database.run('DELETE FROM tasks WHERE task_id = ?', task)),
    writable: () => writable,
    close: () => database.close(),
  };
  return Object.freeze(store);
};

const loadTask = (
  database: Database,
  seal: Seal,
  chain: EventChain,
  taskRow: SqlRow,
): StoredTask => {
  const task = parseTaskId(taskRow.get('task_id'));
  if (task === undefined) throw damaged('?', 'its id is not an id');
  const events: TaskEvent[] = [];
  let last = chain.first(task);
  let auditEntry = 0;
  for (const row of database.all('SELECT * FROM events WHERE task_id = ? ORDER BY n', task)) {
    const n = int(row, 'n');
    const sealed = bytes(row, 'sealed');
    auditEntry = Math.max(auditEntry, int(row, 'audit_entry'));
    last = chain.link(last, n, int(row, 'audit_entry'), sealed);
    if (n !== events.length + 1 || !equalSecrets(last, bytes(row, 'link'))) {
      throw damaged(task, `event ${n} does not fit the chain`);
    }
    events.push(parseEvent(seal.open(sealed, eventContext(task, n))));
  }
  if (!equalSecrets(chain.head(last, events.length), bytes(taskRow, 'head'))) {
    throw damaged(task, `${events.length} events do not fit the head of ${int(taskRow, 'events')}`);
  }
  return { task, events, auditEntry };
};

// The seal vouches for these bytes: only this program, holding the key, can have written them.
const parseEvent = (text: string): TaskEvent => {
  const event = JSON.parse(text) as TaskEvent;
  // Rows from before processor time was counted have none.
  return 'usage' in event ? { ...event, usage: { ...NO_USAGE, ...event.usage } } : event;
};

const eventContext = (task: TaskId, n: number): string => `event/${task}/${n}`;
const resultContext = (task: TaskId, step: StepId): string => `result/${task}/${step}`;

const damaged = (task: string, how: string): AgentError =>
  new AgentError({
    code: 'store_unavailable',
    message: `task store: task \`${task}\`: ${how}`,
    remedy:
      'start with the signing key that wrote this store; else find out who changed it, then move it aside',
  });

const rollBack = (database: Database): void => {
  try {
    database.exec('ROLLBACK');
  } catch {
    // Nothing was begun, or SQLite has rolled back by itself: either way nothing is left to undo.
  }
};

const int = (row: SqlRow, name: string): number => Number(cell(row, name));
const bytes = (row: SqlRow, name: string): Uint8Array => {
  const value = cell(row, name);
  return value instanceof Uint8Array ? value : Buffer.from(String(value));
};
const cell = (row: SqlRow, name: string): SqlValue => row.get(name) ?? '';
