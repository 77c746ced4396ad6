import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../vocabulary/json.ts';
import type { CommandContext } from './command-context.ts';
import { text } from './shown-text.ts';
import { stepsOf } from './task-text.ts';

const OVER = new Set(['completed', 'failed', 'cancelled', 'recovery_required']);
const POLL_MS = 150;

/** Follows a task until it is over, or until it asks where the caller wants to answer. */
export const watchTask = async (
  context: CommandContext,
  id: string,
  options: {
    readonly stopAtQuestion?: boolean;
    readonly onChange?: (task: JsonObject) => void;
  } = {},
): Promise<JsonObject> => {
  let last = '';
  for (;;) {
    const task = await context.client.get(`/v1/task/${encodeURIComponent(id)}`);
    const now = stepsOf(task)
      .map((step) => `${text(step, 'status')} ${text(step, 'description')}`)
      .concat(text(task, 'status'))
      .join('\n');
    if (now !== last) options.onChange?.(task);
    last = now;
    if (OVER.has(text(task, 'status'))) return task;
    if (options.stopAtQuestion && asks(task)) return task;
    await pause(POLL_MS);
  }
};

/** True when a step waits for an answer and can be answered now. */
export const asks = (task: JsonObject): boolean =>
  text(task, 'status') === 'pending_approval' &&
  stepsOf(task).some((step) => {
    const params = step['params'];
    return (
      text(step, 'status') === 'pending' &&
      typeof params === 'object' &&
      params !== null &&
      Object.hasOwn(params, '_approval_digest')
    );
  }) &&
  !stepsOf(task).some((step) => text(step, 'status') === 'running');
