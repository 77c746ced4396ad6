import { AgentError } from '../../../vocabulary/errors.ts';
import type { StepId, TaskId } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { LoggingPolicy } from '../../policy/agent-policy.ts';
import { isOver } from '../state/progress.ts';
import type { Submitted, TaskEvent } from '../state/task-event.ts';
import type { TaskState } from '../state/task-state.ts';
import { begin, transition } from '../state/transition.ts';
import { auditTrail } from './audit-trail.ts';
import type { TaskStore } from './task-store.ts';

/** The tasks as they are now, and the only way to change them: log first, then the row, then memory. */
export interface TaskLedger {
  get(id: TaskId): TaskState | undefined;
  /** Newest first. */
  all(): readonly TaskState[];
  /** The first event of a new task, and events that follow at once in the same commit. */
  begin(event: Submitted, more?: (task: TaskState) => readonly TaskEvent[]): Promise<TaskState>;
  /**
   * Applies what `decide` says of the current state; calls for one task run one after another, so that
   * of two answers exactly one wins (attack 192). Nothing has changed when it rejects.
   */
  apply(id: TaskId, decide: (task: TaskState) => Change): Promise<TaskState>;
  result(id: TaskId, step: StepId): JsonObject | undefined;
}

export type Change = readonly TaskEvent[] | ChangeWithResult;
export interface ChangeWithResult {
  readonly events: readonly TaskEvent[];
  readonly result: { readonly step: StepId; readonly output: JsonObject };
}

interface LedgerDeps {
  readonly store: TaskStore;
  readonly audit: Pick<AuditLog, 'record' | 'commit'>;
  /** How many tasks are kept; the oldest that are over make room. */
  readonly historyLimit: number;
  /** How many may be open at once, be they more than are kept. */
  readonly openLimit: number;
  /** What the policy file wants in the audit log. */
  readonly logging: LoggingPolicy;
}

export const makeTaskLedger = (
  { store, audit, historyLimit, openLimit, logging }: LedgerDeps,
  restored: readonly TaskState[],
): TaskLedger => {
  const tasks = new Map<TaskId, TaskState>(restored.map((task) => [task.id, task]));
  const queues = new Map<TaskId, Promise<unknown>>();

  const write = async (
    before: TaskState | undefined,
    events: readonly TaskEvent[],
    states: readonly TaskState[],
    result?: ChangeWithResult['result'],
  ): Promise<TaskState> => {
    const after = states.at(-1);
    if (after === undefined) throw new AgentError({ code: 'internal', message: 'no event' });
    let entry = 0;
    for (const [i, event] of events.entries()) {
      const previous = i === 0 ? before : states[i - 1];
      for (const record of auditTrail(previous, event, states[i] ?? after, logging)) {
        entry = audit.record(record).entry;
      }
    }
    await audit.commit();
    store.append(after.id, events, entry, result);
    tasks.set(after.id, after);
    return after;
  };

  const oneAtATime = <T>(id: TaskId, work: () => Promise<T>): Promise<T> => {
    const turn = (queues.get(id) ?? Promise.resolve()).then(work, work);
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    queues.set(id, settled);
    void settled.then(() => {
      if (queues.get(id) === settled) queues.delete(id);
    });
    return turn;
  };

  const makeRoom = (): void => {
    if (tasks.size < historyLimit) return;
    for (const task of tasks.values()) {
      if (!isOver(task)) continue;
      store.forget(task.id);
      tasks.delete(task.id);
      if (tasks.size < historyLimit) return;
    }
    if (tasks.size < openLimit) return;
    throw new AgentError({
      code: 'capacity',
      message: `${tasks.size} tasks are open; answer or cancel some`,
    });
  };

  return Object.freeze<TaskLedger>({
    get: (id) => tasks.get(id),
    all: () => [...tasks.values()].reverse(),
    begin: (event, more = () => []) =>
      oneAtATime(event.task, async () => {
        makeRoom();
        const first = begin(event);
        const rest = more(first);
        return write(undefined, [event, ...rest], [first, ...foldStates(first, rest)]);
      }),
    apply: (id, decide) =>
      oneAtATime(id, async () => {
        const task = tasks.get(id);
        if (task === undefined) throw taskNotFound();
        const change = decide(task);
        const { events, result } =
          'events' in change ? change : { events: change, result: undefined };
        if (events.length === 0) return task;
        return write(task, events, foldStates(task, events), result);
      }),
    result: (id, step) => store.result(id, step),
  });
};

export const taskNotFound = (): AgentError =>
  new AgentError({ code: 'task_not_found', message: 'task not found' });

const foldStates = (first: TaskState, events: readonly TaskEvent[]): readonly TaskState[] => {
  const states: TaskState[] = [];
  for (const event of events) states.push(transition(states.at(-1) ?? first, event));
  return states;
};

/** A stored task's state: its events folded, as they were live. */
export const replay = (events: readonly TaskEvent[]): TaskState => {
  const [first, ...rest] = events;
  if (first?.kind !== 'submitted') {
    throw new AgentError({
      code: 'store_unavailable',
      message: 'a task begins with no submission',
    });
  }
  return foldStates(begin(first), rest).at(-1) ?? begin(first);
};
