import { AgentError } from '../../../vocabulary/errors.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { isOver } from '../state/progress.ts';
import type { TaskState } from '../state/task-state.ts';
import { replay, type TaskLedger } from './task-ledger.ts';
import type { TaskStore } from './task-store.ts';

export interface RestoredTask {
  readonly state: TaskState;
  /** The last entry of the log that one of its rows names. */
  readonly auditEntry: number;
}

/**
 * The tasks as the store has them. The log is written first, so a row that names an entry beyond the
 * log's end means that the log was cut or rolled back: that is refused, not repaired.
 */
export const restoreTasks = (store: TaskStore, auditEntries: number): readonly RestoredTask[] =>
  store.load().map(({ task, events, auditEntry }) => {
    if (auditEntry > auditEntries) {
      throw new AgentError({
        code: 'log_unavailable',
        message: `task \`${task}\` names audit entry ${auditEntry}, but the log ends at ${auditEntries}`,
        remedy: 'restore the audit log; it was cut or rolled back',
      });
    }
    return { state: replay(events), auditEntry };
  });

/**
 * Says in the log from where each open task goes on. An entry of the task after `store_entry` and before
 * this one was written just before the stop and never became a row: what it announces did not happen.
 */
export const recordResumed = (
  tasks: readonly RestoredTask[],
  audit: Pick<AuditLog, 'record'>,
): void => {
  for (const { state, auditEntry } of tasks) {
    if (isOver(state)) continue;
    const data = { task_id: state.id, status: state.status, store_entry: auditEntry };
    audit.record({ event: 'task_resumed', data });
  }
};

/**
 * Ends the steps that a stop of the broker left running. None runs again: it is interrupted, or unknown
 * where an effect had begun and its outcome is not on record (attacks 183, 188).
 */
export const endInterrupted = async (ledger: TaskLedger, now: () => number): Promise<number> => {
  let ended = 0;
  for (const task of ledger.all()) {
    const running = task.steps.find((step) => step.status === 'running');
    if (running === undefined) continue;
    await ledger.apply(task.id, () => [{ kind: 'recovered', at: now(), step: running.id }]);
    ended += 1;
  }
  return ended;
};
