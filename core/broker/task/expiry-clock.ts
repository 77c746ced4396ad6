import type { TaskId } from '../../vocabulary/ids.ts';
import type { TaskState } from './state/task-state.ts';

/** Calls back when a task's earliest open offer runs out; one timer a task. */
export interface ExpiryClock {
  watch(task: TaskState): void;
  close(): void;
}

// A later offer than this is looked at again; setTimeout counts no further.
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export const makeExpiryClock = (
  now: () => number,
  expired: (task: TaskId) => void,
): ExpiryClock => {
  const timers = new Map<TaskId, NodeJS.Timeout>();
  return Object.freeze<ExpiryClock>({
    watch: (task) => {
      clearTimeout(timers.get(task.id));
      timers.delete(task.id);
      const ends = task.steps
        .filter((step) => step.status === 'pending' && step.offer !== null)
        .map((step) => step.offer?.expiresAt ?? Number.POSITIVE_INFINITY);
      if (ends.length === 0) return;
      const wait = Math.min(LONGEST_WAIT_MS, Math.max(1, Math.min(...ends) - now()));
      timers.set(
        task.id,
        setTimeout(() => expired(task.id), wait),
      );
    },
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  });
};
