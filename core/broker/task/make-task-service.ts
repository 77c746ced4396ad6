import { AgentError, toAgentError } from '../../vocabulary/errors.ts';
import type { PluginId, StepId, TaskId } from '../../vocabulary/ids.ts';
import { makeExpiryClock } from './expiry-clock.ts';
import { endInterrupted } from './ledger/restore-tasks.ts';
import { taskNotFound } from './ledger/task-ledger.ts';
import { makeScheduler } from './scheduler.ts';
import { isOver, nextStep, stepOf } from './state/progress.ts';
import type { TaskState } from './state/task-state.ts';
import type { TaskService } from './task-service.ts';
import { toTaskView } from './task-view.ts';
import { approve, cancel, deny, expire } from './verbs/answers.ts';
import { grantFault } from './verbs/grant-fault.ts';
import { offerSteps } from './verbs/offer-steps.ts';
import { planTask } from './verbs/plan-task.ts';
import { runNextStep, STOPPING, startNext } from './verbs/run-next-step.ts';
import { stepEntry } from './verbs/step-entry.ts';
import type { TaskParts } from './verbs/task-parts.ts';
import { tidyUp } from './verbs/tidy-up.ts';

// A list opens the seals of small results only: a client that polls it must not make the broker decrypt and
// parse everything that was ever returned. The larger ones are said by size, and served whole one by one.
const LISTED_RESULT_BYTES = 16 * 1024;

export interface RunningTasks extends TaskService {
  /** Ends what a stop left running, and takes up what may still run. */
  resume(): Promise<void>;
  counts(): { readonly active: number; readonly total: number };
  /** Stops running steps without an outcome; they are interrupted at the next start. */
  close(): Promise<void>;
}

/** The life of tasks: each verb is one change of the ledger, and then whatever may follow from it. */
export const makeTaskService = (
  parts: TaskParts,
  limits: { readonly slots: number; readonly queue: number },
): RunningTasks => {
  const { ledger, now, log } = parts;
  const aborts = new Map<TaskId, AbortController>();
  let closing = false;

  const run = async (id: TaskId, begun?: StepId): Promise<void> => {
    try {
      let first = begun;
      for (let more = true; more && !closing; first = undefined) {
        const abort = new AbortController();
        aborts.set(id, abort);
        more = await runNextStep(id, abort.signal, parts, first);
        if (more) await follow(id);
      }
    } catch (thrown) {
      // The log or the store refused: the step stays as its last row says, and health shows why.
      log.error({ task: id, code: toAgentError(thrown).code }, toAgentError(thrown).message);
    } finally {
      aborts.delete(id);
    }
  };
  const pluginOf = (id: TaskId): PluginId | null => {
    const task = ledger.get(id);
    const next = task && nextStep(task);
    return (next && stepEntry(next, parts.catalog).installed?.plugin) ?? null;
  };
  const scheduler = makeScheduler({
    slots: limits.slots,
    queueLimit: limits.queue,
    pluginOf,
    run,
  });

  const clock = makeExpiryClock(now, (id) => {
    ledger
      .apply(id, (task) => (isOver(task) ? [] : expire(task, now())))
      .then((task) => settled(task))
      .catch((thrown: unknown) => log.error({ task: id }, toAgentError(thrown).message));
  });

  const settled = (task: TaskState): TaskState => {
    clock.watch(task);
    if (nextStep(task) !== undefined) scheduler.wake(task.id);
    return task;
  };

  // After every change: new questions are put, and what became runnable gets its turn.
  const follow = async (id: TaskId): Promise<TaskState> => {
    await offerSteps(id, parts);
    return settled(find(id));
  };

  const find = (id: TaskId): TaskState => {
    const task = ledger.get(id);
    if (task === undefined) throw taskNotFound();
    return task;
  };
  const view = (task: TaskState, most = Number.POSITIVE_INFINITY) =>
    toTaskView(task, ({ id, result }) =>
      result !== null && result.bytes <= most ? ledger.result(task.id, id) : undefined,
    );
  const mustHaveRoom = (message: string): void => {
    if (scheduler.isFull()) throw new AgentError({ code: 'capacity', message });
  };

  // A yes under a grant that does not hold changes nothing, and is on record (wire contract section 16).
  const rejected = async (id: TaskId, thrown: unknown): Promise<never> => {
    if (toAgentError(thrown).code === 'capability_invalid') {
      const data = { task_id: id, reason: grantFault(find(id), parts) };
      await parts.audit.append({ event: 'approval_rejected', data });
    }
    throw thrown;
  };

  return Object.freeze<RunningTasks>({
    submit: async (request) => {
      mustHaveRoom('agent execution capacity reached; resubmit later');
      const submitted = await planTask(request, parts);
      // Where nothing waits, the task and the start of its first step share one commit.
      const slot = scheduler.claim(submitted.task);
      let begun: StepId | undefined;
      try {
        await ledger.begin(submitted, (task) => {
          if (slot === undefined) return [];
          begun = nextStep(task)?.id;
          return startNext(task, now());
        });
      } catch (thrown) {
        slot?.giveBack();
        throw thrown;
      }
      slot?.start(begun);
      return view(await follow(submitted.task));
    },
    get: (id) => {
      const task = ledger.get(id);
      return task === undefined ? undefined : view(task);
    },
    list: function* (limit) {
      for (const task of ledger.all().slice(0, limit)) yield view(task, LISTED_RESULT_BYTES);
    },
    approve: async (id, selection, who) => {
      find(id);
      mustHaveRoom('agent execution capacity reached; resubmit the task later');
      await ledger
        .apply(id, (task) => approve(task, selection, who, parts))
        .catch((thrown: unknown) => rejected(id, thrown));
      return view(await follow(id));
    },
    deny: async (id, selection) => {
      await ledger.apply(id, (task) => deny(task, selection, parts));
      return view(await follow(id));
    },
    cancel: async (id) => {
      const task = await ledger.apply(id, (current) => cancel(current, parts));
      aborts.get(id)?.abort();
      return view(settled(task));
    },
    result: async (id, stepId) => {
      const step = stepOf(find(id), stepId);
      const output = step?.result ? ledger.result(id, stepId) : undefined;
      if (!step?.result || output === undefined) return undefined;
      const { label, sha256, bytes } = step.result;
      return { task_id: id, step_id: stepId, label, sha256, bytes, output };
    },
    resume: async () => {
      await tidyUp(parts);
      const ended = await endInterrupted(ledger, now);
      if (ended > 0) log.warn({ steps: ended }, 'steps were interrupted by the last stop');
      for (const task of ledger.all()) {
        if (isOver(task)) continue;
        await ledger.apply(task.id, (current) => expire(current, now()));
        await follow(task.id);
      }
    },
    counts: () => {
      const all = ledger.all();
      return { active: all.filter((task) => task.status === 'running').length, total: all.length };
    },
    close: async () => {
      closing = true;
      clock.close();
      for (const abort of aborts.values()) abort.abort(STOPPING);
      await scheduler.idle();
    },
  });
};
