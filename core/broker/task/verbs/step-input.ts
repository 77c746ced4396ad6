import { highestLabel, type Label } from '../../../vocabulary/enums.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import { isJsonObject, type JsonObject } from '../../../vocabulary/json.ts';
import { withResults } from '../../../vocabulary/reference.ts';
import type { TaskLedger } from '../ledger/task-ledger.ts';
import { stepOf } from '../state/progress.ts';
import type { StepState, TaskState } from '../state/task-state.ts';

/** A step's parameters as its plugin will get them, and the label of the data that went in. */
export interface StepInput {
  readonly params: JsonObject;
  readonly label: Label;
}

/**
 * Replaces each reference by the result that it points at. The references were fixed at planning; the
 * results are data of plugins, so they become values and never references again (attack 232).
 * @throws AgentError `input_failed` where a result or the place in it does not exist
 */
export const stepInput = (task: TaskState, step: StepState, ledger: TaskLedger): StepInput => {
  const params = withResults(step.params, (from) => {
    const source = stepOf(task, from);
    return source?.status === 'completed' ? ledger.result(task.id, source.id) : undefined;
  });
  if (params === undefined || !isJsonObject(params)) {
    throw new AgentError({
      code: 'input_failed',
      message: `an input of step \`${step.id}\` does not exist in the result it refers to`,
    });
  }
  const labels = step.needs.map((need) => stepOf(task, need)?.result?.label ?? 'high');
  return { params, label: highestLabel(...labels) };
};
