import { AgentError } from '../../vocabulary/errors.ts';
import type { JsonObject, JsonValue } from '../../vocabulary/json.ts';
import type { StepView, TaskView } from '../task/task-service.ts';
import { type Cut, cutValue } from './cut-value.ts';
import { type ReplySize, replySize, UI_LIMITS } from './ui-limits.ts';

/** A task as it is sent, and what it takes of the limits. */
export interface FittedTask {
  readonly task: JsonObject;
  readonly size: ReplySize;
}

interface Tier {
  readonly characters: number;
  readonly items: number;
}

// From generous to bare. A task that alone fills a reply is shown with less of each of its values.
const TIERS: readonly Tier[] = [
  { characters: 60_000, items: 250 },
  { characters: 16_000, items: 100 },
  { characters: 2_048, items: 20 },
  { characters: 512, items: 8 },
  { characters: 64, items: 2 },
];
const LIST_TIER = 2;

/** Room for what stands around the tasks: `{"tasks": [...], "truncated": true}`. */
const WRAPPER: ReplySize = { bytes: 64, nodes: 8 };
const REPLY_ROOM: ReplySize = {
  bytes: UI_LIMITS.bytes - WRAPPER.bytes,
  nodes: UI_LIMITS.nodes - WRAPPER.nodes,
};

// In a list a step's params and result are the sixth level: reply, tasks, task, steps, step, value.
const VALUE_LEVELS = UI_LIMITS.depth - 5;

/**
 * A task within the limits of the UI. The steps are always all there, since approving all must not approve
 * what is not shown; only the values in their params and results are cut.
 */
export const fitTask = (view: TaskView, place: 'alone' | 'list'): FittedTask => {
  for (const tier of TIERS.slice(place === 'alone' ? 0 : LIST_TIER)) {
    const room = { ...REPLY_ROOM };
    const steps: JsonValue[] = [];
    const meter = { nodes: room.nodes };
    for (const step of view.steps) {
      const fitted = fitStep(view, step, { ...tier, levels: VALUE_LEVELS, meter });
      if (meter.nodes < 0) break;
      const size = replySize(fitted);
      room.bytes -= size.bytes + 1;
      room.nodes -= size.nodes;
      if (room.bytes < 0 || room.nodes < 0) break;
      steps.push(fitted);
    }
    if (steps.length < view.steps.length) continue;
    const task: JsonObject = { ...view, steps, capability: view.capability };
    const size = replySize(task);
    if (fits(size)) return { task, size };
  }
  throw new AgentError({
    code: 'internal',
    message: 'internal error',
    cause: new RangeError('a task has more steps than a reply can show'),
  });
};

/** True where a reply of this size passes the UI. */
export const fits = ({ bytes, nodes }: ReplySize): boolean =>
  bytes <= REPLY_ROOM.bytes && nodes <= REPLY_ROOM.nodes;

const fitStep = (view: TaskView, step: StepView, cut: Omit<Cut, 'whole'>): JsonObject => {
  const whole = `/v1/task/${view.task_id}/steps/${step.step_id}/result`;
  return {
    ...step,
    params: cutValue(step.params, { ...cut, whole: null }),
    result: cutValue(step.result, { ...cut, whole }),
    error: cutValue(step.error, { ...cut, characters: 2_048, whole: null }),
  };
};
