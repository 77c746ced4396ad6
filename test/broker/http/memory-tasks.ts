import { randomBytes } from 'node:crypto';
import type { StepView, TaskService, TaskView } from '../../../core/broker/task/task-service.ts';
import type {
  Requester,
  Selection,
  SubmitRequest,
} from '../../../core/broker/task/verbs/task-request.ts';
import { digestOf } from '../../../core/vocabulary/digest.ts';
import { AgentError } from '../../../core/vocabulary/errors.ts';
import { newStepId, newTaskId, type TaskId } from '../../../core/vocabulary/ids.ts';
import type { JsonObject } from '../../../core/vocabulary/json.ts';

export interface MemoryTasks extends TaskService {
  readonly submitted: SubmitRequest[];
  readonly selections: Selection[];
  readonly requesters: Requester[];
  /** What the next call of a task does instead, when set. */
  fail: AgentError | Error | undefined;
  /** What the steps of the next task hold. */
  steps: readonly Partial<StepView>[];
  /** How many tasks a list has taken so far. */
  listed: number;
  put(view: TaskView): void;
}

/** The task service as the boundary needs it, in memory: it keeps what it was asked. */
export const makeMemoryTasks = (): MemoryTasks => {
  const views = new Map<TaskId, TaskView>();
  const find = (id: TaskId): TaskView => {
    if (service.fail !== undefined) throw service.fail;
    const view = views.get(id);
    if (view === undefined)
      throw new AgentError({ code: 'task_not_found', message: 'task not found' });
    return view;
  };
  const keep = (view: TaskView): TaskView => {
    views.set(view.task_id, view);
    return view;
  };
  const service: MemoryTasks = {
    submitted: [],
    selections: [],
    requesters: [],
    fail: undefined,
    steps: [{}],
    listed: 0,
    put: keep,
    submit: async (request, who) => {
      if (service.fail !== undefined) throw service.fail;
      service.submitted.push(request);
      service.requesters.push(who);
      return keep(makeTask({ intent: request.intent, mode: request.mode }, service.steps));
    },
    get: (id) => views.get(id),
    *list(limit) {
      for (const view of [...views.values()].reverse().slice(0, limit)) {
        service.listed += 1;
        yield view;
      }
    },
    approve: async (id, selection) => {
      const view = find(id);
      service.selections.push(selection);
      return keep({ ...view, status: 'running' });
    },
    deny: async (id, selection) => {
      const view = find(id);
      service.selections.push(selection);
      return keep({ ...view, status: 'cancelled', completed_at: 2.5 });
    },
    cancel: async (id) => keep({ ...find(id), status: 'cancelled', completed_at: 2.5 }),
    result: async (id, step) => {
      const output = find(id).steps.find((view) => view.step_id === step)?.result ?? null;
      if (output === null) return undefined;
      const bytes = Buffer.byteLength(JSON.stringify(output));
      return { task_id: id, step_id: step, label: 'low', sha256: digestOf(output), bytes, output };
    },
  };
  return service;
};

/** A task of the wire contract's shape with the given steps. */
export const makeTask = (
  parts: Partial<TaskView>,
  steps: readonly Partial<StepView>[],
): TaskView => ({
  task_id: newTaskId(randomBytes),
  intent: 'read user_docs/a.txt',
  status: 'pending_approval',
  mode: 'standard',
  steps: steps.map((step) => makeStep(step)),
  capability: CAPABILITY,
  created_at: 1_754_000_000.25,
  completed_at: null,
  ...parts,
});

const makeStep = (parts: Partial<StepView>): StepView => ({
  step_id: newStepId(randomBytes),
  action: 'read_file',
  description: 'read 1 file: user_docs/a.txt (12 KB)',
  risk_level: 'configurable',
  status: 'pending',
  params: { path: 'user_docs/a.txt', _policy_decision: 'ask', _policy_reason: 'asks' },
  result: null,
  error: null,
  ...parts,
});

const CAPABILITY: JsonObject = {
  token_id: '0123456789abcdef',
  allow_online: false,
  sensitivity_ceiling: 'medium',
  session_mode: 'standard',
  budget_limits: { max_steps: 30, max_wall_clock_seconds: 600 },
};
