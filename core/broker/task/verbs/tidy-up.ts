import { toAgentError } from '../../../vocabulary/errors.ts';
import { resolveResources } from '../../grant/resolve.ts';
import type { StepState, TaskState } from '../state/task-state.ts';
import { stepEntry } from './step-entry.ts';
import type { TaskParts } from './task-parts.ts';

/**
 * Removes the unfinished files of writes that a stop of the broker interrupted, before anything runs. What
 * cannot be removed stays: it is hidden from every task, and the start does not depend on it.
 */
export const tidyUp = async (parts: TaskParts): Promise<void> => {
  for (const task of parts.ledger.all()) {
    for (const step of task.steps) if (step.effects.open > 0) await tidyStep(task, step, parts);
  }
};

const tidyStep = async (
  task: TaskState,
  step: StepState,
  { catalog, resolver, removeUnfinished, audit, log }: TaskParts,
): Promise<void> => {
  const { installed, input } = stepEntry(step, catalog);
  const resolved = resolveResources(installed?.annotations ?? [], input, resolver);
  for (const resource of resolved.ok ? resolved.resources : []) {
    if (resource.capability !== 'storage.create' && resource.capability !== 'storage.replace') {
      continue;
    }
    const files = await removeUnfinished(resource).catch((thrown: unknown) => {
      log.warn({ task: task.id, step: step.id }, toAgentError(thrown).message);
      return 0;
    });
    if (files === 0) continue;
    const data = { task_id: task.id, step_id: step.id, files };
    await audit.append({ event: 'unfinished_removed', data });
  }
};
