import type { RunningTasks } from '../task/make-task-service.ts';
import type { StepResult, TaskView } from '../task/task-service.ts';

/**
 * The same tasks, each of which says that its steps ran behind a wall with layers missing. Whoever reads a
 * result may not know how the agent was started.
 */
export const markWeak = (service: RunningTasks): RunningTasks => {
  const mark = <View extends TaskView | StepResult>(view: View): View => ({
    ...view,
    sandbox: 'weak',
  });
  return Object.freeze<RunningTasks>({
    ...service,
    submit: async (request, who) => mark(await service.submit(request, who)),
    get: (id) => {
      const view = service.get(id);
      return view === undefined ? undefined : mark(view);
    },
    list: function* (limit) {
      for (const view of service.list(limit)) yield mark(view);
    },
    approve: async (id, selection, who) => mark(await service.approve(id, selection, who)),
    deny: async (id, selection, who) => mark(await service.deny(id, selection, who)),
    cancel: async (id, who) => mark(await service.cancel(id, who)),
    result: async (id, step) => {
      const result = await service.result(id, step);
      return result === undefined ? undefined : mark(result);
    },
  });
};
