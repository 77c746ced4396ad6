import { isJsonObject, type JsonObject, ownValue } from '../vocabulary/json.ts';
import { counted, fit, text } from './shown-text.ts';

/** A task as a person reads it in a terminal: what it is, its steps, and what each still needs. */
export const taskText = (task: JsonObject): string =>
  [taskHead(task), `  ${text(task, 'intent')}`, ...stepsOf(task).flatMap(stepLines)].join('\n');

/** The first line of a task. */
export const taskHead = (task: JsonObject): string =>
  `task ${text(task, 'task_id')}  ${text(task, 'status')}  (${text(task, 'mode')})`;

export const stepsOf = (task: JsonObject): readonly JsonObject[] => {
  const steps = ownValue(task, 'steps');
  return Array.isArray(steps) ? steps.filter(isJsonObject) : [];
};

/** A step in one line, and beneath it why it waits or did not happen. */
export const stepLines = (step: JsonObject): readonly string[] => [
  `  ${text(step, 'step_id')}  ${text(step, 'status').padEnd(9)}  ${text(step, 'description')}`,
  ...whyOf(step).map((line) => `                ${line}`),
];

/** Why a step waits for a person, or did not happen; nothing for one that goes its way. */
export const whyOf = (step: JsonObject): readonly string[] => {
  const params = ownValue(step, 'params');
  const policy = params !== undefined && isJsonObject(params) ? params : {};
  const reason = text(policy, '_policy_reason');
  const error = ownValue(step, 'error');
  const why = typeof error === 'string' ? text(step, 'error') : reason;
  const remedy =
    typeof ownValue(step, 'remedy') === 'string' ? [`do: ${text(step, 'remedy')}`] : [];
  switch (text(step, 'status')) {
    case 'pending':
      return text(policy, '_policy_decision') === 'ask' ? [`ask: ${reason}`] : [];
    case 'denied':
      return [why.startsWith('denied') ? why : `denied: ${why}`, ...remedy];
    case 'failed':
      return [`error: ${why}`, ...remedy];
    case 'skipped':
      return [`skipped: ${why}`];
    default:
      return [];
  }
};

/** How policy decided a step, for who wants to know it of each. */
export const decisionOf = (step: JsonObject): string => {
  const params = ownValue(step, 'params');
  if (params === undefined || !isJsonObject(params)) return '';
  return `${text(params, '_policy_decision')}: ${text(params, '_policy_reason')}`;
};

/** One line a task. */
export const taskRow = (task: JsonObject): string =>
  fit(
    [
      text(task, 'task_id'),
      text(task, 'status').padEnd(16),
      counted(stepsOf(task).length, 'step').padEnd(7),
      text(task, 'intent'),
    ].join('  '),
  );
