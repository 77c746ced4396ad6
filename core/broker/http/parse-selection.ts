import { type JsonObject, type JsonValue, ownValue } from '../../vocabulary/json.ts';
import type { Selection } from '../task/verbs/task-request.ts';
import { invalid } from './invalid.ts';
import { onlyFields } from './only-fields.ts';
import { codePoints } from './python-text.ts';

interface SelectionTexts {
  readonly all: 'approve_all' | 'deny_all';
  readonly unknown: string;
  readonly invalid: string;
}

/** Sections 2.4 and 2.5 of the wire contract: the same shape, other words. */
export const APPROVAL: SelectionTexts = {
  all: 'approve_all',
  unknown: 'unknown approval field',
  invalid: 'invalid approval selection',
};
export const DENIAL: SelectionTexts = {
  all: 'deny_all',
  unknown: 'unknown denial field',
  invalid: 'invalid denial selection',
};

/**
 * Which steps the caller means. `all: true` wins over named steps, as it did in the predecessor.
 * @throws AgentError invalid_request
 */
export const parseSelection = (body: JsonObject, texts: SelectionTexts): Selection => {
  onlyFields(body, ['step_ids', texts.all], texts.unknown);
  const steps = Object.hasOwn(body, 'step_ids') ? ownValue(body, 'step_ids') : [];
  const all = Object.hasOwn(body, texts.all) ? ownValue(body, texts.all) : false;
  if (!isSteps(steps) || typeof all !== 'boolean') throw invalid(texts.invalid);
  if (all) return { kind: 'all' };
  if (steps.length === 0) throw invalid(`step_ids or ${texts.all}=true is required`);
  return { kind: 'steps', steps: [...new Set(steps)] };
};

const isSteps = (value: JsonValue | undefined): value is readonly string[] =>
  Array.isArray(value) &&
  value.length <= 100 &&
  value.every((id: JsonValue) => typeof id === 'string' && codePoints(id) <= 64);
