import type { JsonObject } from '../../vocabulary/json.ts';
import type { TaskView } from '../task/task-service.ts';
import { fits, fitTask } from './fit-task.ts';

/** One task, within the limits of the UI. */
export const taskReply = (view: TaskView): JsonObject => fitTask(view, 'alone').task;

/**
 * A list of tasks that stops before the one that would cross a limit of the UI, and then says so. The
 * remaining tasks are never read.
 */
export const taskListReply = (views: Iterable<TaskView>): JsonObject => {
  const tasks: JsonObject[] = [];
  let bytes = 0;
  let nodes = 0;
  for (const view of views) {
    const { task, size } = fitTask(view, 'list');
    bytes += size.bytes + 1;
    nodes += size.nodes;
    if (!fits({ bytes, nodes })) return { tasks, truncated: true };
    tasks.push(task);
  }
  return { tasks };
};
