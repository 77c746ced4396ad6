import type { PluginId, StepId, TaskId } from '../../vocabulary/ids.ts';
import { makeFairQueue } from '../supervisor/fair-queue.ts';

/**
 * Which tasks run now: a few at once, the rest in a bounded queue. The plugins whose steps they wait for have
 * turns, so that one with a long queue delays no other by more than a task (attack 65).
 */
export interface Scheduler {
  /** The task may have something to run. Harmless when it has not, or when it waits already. */
  wake(task: TaskId): void;
  /** A free slot for a task that is about to exist, or undefined: its first step may start with it. */
  claim(task: TaskId): Slot | undefined;
  /** True when a further task would find no place to wait. */
  isFull(): boolean;
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>;
}

/** A claimed slot: used or given back, once. */
export interface Slot {
  /** @param begun the step whose start is on record already */
  start(begun?: StepId): void;
  giveBack(): void;
}

export const makeScheduler = (deps: {
  readonly slots: number;
  readonly queueLimit: number;
  /** Whose code the task would run next; null where nobody knows. */
  readonly pluginOf: (task: TaskId) => PluginId | null;
  /** Runs all that the task can run now. Never rejects. */
  readonly run: (task: TaskId, begun?: StepId) => Promise<void>;
}): Scheduler => {
  const waiting = new Set<TaskId>();
  const queue = makeFairQueue<PluginId | null, TaskId>();
  const running = new Map<TaskId, { again: boolean }>();
  const idlers: (() => void)[] = [];

  const wait = (task: TaskId): void => {
    if (waiting.has(task)) return;
    waiting.add(task);
    queue.add(deps.pluginOf(task), task);
  };
  const occupy = (task: TaskId): Slot => {
    const slot = { again: false };
    running.set(task, slot);
    const giveBack = (): void => {
      running.delete(task);
      if (slot.again) wait(task);
      fill();
    };
    return { start: (begun) => void deps.run(task, begun).finally(giveBack), giveBack };
  };

  const fill = (): void => {
    while (running.size < deps.slots) {
      const task = queue.take(() => true);
      if (task === undefined) break;
      waiting.delete(task);
      occupy(task).start();
    }
    if (running.size === 0) for (const done of idlers.splice(0)) done();
  };

  return Object.freeze<Scheduler>({
    wake: (task) => {
      const slot = running.get(task);
      if (slot !== undefined) slot.again = true;
      else {
        wait(task);
        fill();
      }
    },
    claim: (task) => (waiting.size === 0 && running.size < deps.slots ? occupy(task) : undefined),
    isFull: () => waiting.size >= deps.queueLimit,
    idle: () =>
      running.size + waiting.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => idlers.push(resolve)),
  });
};
