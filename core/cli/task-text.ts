import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../vocabulary/json.ts';

/** A task as a person reads it in a terminal. Whatever came from outside is shown with its controls escaped. */
export const taskText = (task: JsonObject): string => {
  const lines = [
    `task ${text(task, 'task_id')}  ${text(task, 'status')}  (${text(task, 'mode')})`,
    `  ${text(task, 'intent')}`,
  ];
  for (const step of stepsOf(task)) lines.push(...stepLines(step));
  return lines.join('\n');
};

export const stepsOf = (task: JsonObject): readonly JsonObject[] => {
  const steps = ownValue(task, 'steps');
  return Array.isArray(steps) ? steps.filter(isJsonObject) : [];
};

const stepLines = (step: JsonObject): readonly string[] => {
  const params = ownValue(step, 'params');
  const reason = params !== undefined && isJsonObject(params) ? text(params, '_policy_reason') : '';
  const decision =
    params !== undefined && isJsonObject(params) ? text(params, '_policy_decision') : '';
  const error = ownValue(step, 'error');
  return [
    `  ${text(step, 'step_id')}  ${text(step, 'status').padEnd(9)}  ${text(step, 'description')}`,
    `                ${decision}: ${reason}`,
    ...(typeof error === 'string' ? [`                error: ${visible(error)}`] : []),
  ];
};

/** One line a task. */
export const taskRow = (task: JsonObject): string =>
  [
    text(task, 'task_id'),
    text(task, 'status').padEnd(16),
    `${stepsOf(task).length} steps`,
    text(task, 'intent').slice(0, 80),
  ].join('  ');

export const text = (object: JsonObject, key: string): string => {
  const value: JsonValue | undefined = ownValue(object, key);
  return typeof value === 'string'
    ? visible(value)
    : value === undefined
      ? ''
      : JSON.stringify(value);
};

// A result or intent may hold terminal escapes and invisible or bidirectional characters; a terminal must
// show them and not obey them (attacks 47, 195).
export const visible = (raw: string): string =>
  raw.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (unit) => `\\u{${(unit.codePointAt(0) ?? 0).toString(16)}}`,
  );

/** As `visible`, for a text of several lines of ours. */
export const linesVisible = (raw: string): string => raw.split('\n').map(visible).join('\n');
