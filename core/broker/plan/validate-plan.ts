import { isAction } from '../../vocabulary/enums.ts';
import type { JsonValue } from '../../vocabulary/json.ts';
import type { PlannedStep } from '../../vocabulary/plan.ts';
import { asReference, type Reference } from '../../vocabulary/reference.ts';

export interface PlanLimits {
  readonly maxSteps: number;
}

export type PlanCheck = { readonly ok: true } | { readonly ok: false; readonly problem: string };

// A plan comes from a planner that reads a stranger's words, and later from a model: its shape is not trusted.
// Its keys become names for references, so they are few, plain and unique, and kept in a Set, never looked up
// in an object. A reference may only go to an earlier step, which makes every plan acyclic; an object that is
// nearly a reference is refused, and no text is ever evaluated (attacks 148, 149).
const MOST_STEPS = 200;
const MOST_NODES = 10_000;
const MOST_CHARACTERS = 2_097_152;
const MOST_DEPTH = 16;
const KEY = /^[a-z][a-z0-9_]{0,31}$/;
const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether these steps are a plan that can be run: a bounded graph whose edges all point backwards. */
export const validatePlan = (steps: readonly PlannedStep[], limits: PlanLimits): PlanCheck => {
  const problem = problemOf(steps, limits);
  return problem === undefined ? { ok: true } : { ok: false, problem };
};

const problemOf = (steps: readonly PlannedStep[], { maxSteps }: PlanLimits): string | undefined => {
  if (!Array.isArray(steps) || steps.length === 0) return 'the plan has no steps';
  const most = Math.min(maxSteps, MOST_STEPS);
  if (steps.length > most) return `the plan has ${steps.length} steps, at most ${most} are allowed`;
  const earlier = new Set<string>();
  const room = { nodes: MOST_NODES, characters: MOST_CHARACTERS };
  for (const [index, step] of steps.entries()) {
    const problem = problemOfStep(step, earlier, room);
    if (problem !== undefined) return `step ${index + 1}: ${problem}`;
    earlier.add(step.key);
  }
  return undefined;
};

const problemOfStep = (
  { key, action, description, params }: PlannedStep,
  earlier: ReadonlySet<string>,
  room: Room,
): string | undefined => {
  if (typeof key !== 'string' || !KEY.test(key) || RESERVED.has(key))
    return 'the key is not a plain name';
  if (earlier.has(key)) return 'the key is used twice';
  if (!isAction(action)) return 'the action is unknown';
  if (typeof description !== 'string' || description.length > 2000)
    return 'the description is not a text of at most 2000 characters';
  if (!isPlainObject(params)) return 'the parameters are not an object';
  // What a tool gets is stated one by one: a whole list of arguments out of a result is a stranger's call (attack 152).
  if (action === 'tool_invoke' && asReference(params['args'] ?? null) !== undefined)
    return 'the arguments of a tool come from a result as a whole';
  const serverOwned = Object.keys(params).find((name) => name.startsWith('_'));
  if (serverOwned !== undefined) return 'a parameter has a name that only the agent may set';
  return problemOfValue(params, earlier, room);
};

interface Room {
  nodes: number;
  characters: number;
}

// Walks without recursion, so that no depth of a hostile value can exhaust the stack.
const problemOfValue = (
  params: unknown,
  earlier: ReadonlySet<string>,
  room: Room,
): string | undefined => {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: params, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    room.nodes -= 1;
    if (room.nodes < 0) return `the plan has more than ${MOST_NODES} values`;
    if (depth > MOST_DEPTH) return `a parameter is nested deeper than ${MOST_DEPTH} levels`;
    if (typeof value === 'string') {
      room.characters -= value.length;
      if (room.characters < 0) return 'the texts of the plan are too long';
      if (!value.isWellFormed()) return 'a text holds a lone surrogate';
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) return 'a number is not finite';
    } else if (Array.isArray(value)) {
      if (value.length > room.nodes) return `the plan has more than ${MOST_NODES} values`;
      for (const item of value) open.push({ value: item, depth: depth + 1 });
    } else if (isPlainObject(value)) {
      const problem = problemOfObject(value, earlier);
      if (problem !== undefined) return problem;
      for (const item of Object.values(value)) open.push({ value: item, depth: depth + 1 });
    } else if (value !== null && typeof value !== 'boolean') return 'a value is no JSON';
  }
  return undefined;
};

const problemOfObject = (
  object: Readonly<Record<string, JsonValue>>,
  earlier: ReadonlySet<string>,
): string | undefined => {
  const keys = Object.keys(object);
  if (keys.some((key) => RESERVED.has(key))) return 'a parameter has a reserved name';
  const reference = asReference(object);
  if (reference !== undefined) return problemOfReference(reference, earlier);
  if (keys.some((key) => key.startsWith('$'))) return 'an object is nearly a reference and is none';
  return undefined;
};

const problemOfReference = (
  { $from, pointer }: Reference,
  earlier: ReadonlySet<string>,
): string | undefined => {
  if (!earlier.has($from)) return 'a reference does not point to an earlier step';
  if (pointer.length > 256 || !POINTER.test(pointer)) return 'a reference has no valid pointer';
  if (pointer.split('/').some((part) => RESERVED.has(part)))
    return 'a reference names a reserved field';
  return undefined;
};

const isPlainObject = (value: unknown): value is Readonly<Record<string, JsonValue>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};
