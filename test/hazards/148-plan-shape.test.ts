import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heuristicPlanner } from '../../core/broker/plan/heuristic-planner.ts';
import { validatePlan } from '../../core/broker/plan/validate-plan.ts';
import type { JsonValue } from '../../core/vocabulary/json.ts';
import type { PlannedStep } from '../../core/vocabulary/plan.ts';
import { withResults } from '../../core/vocabulary/reference.ts';

// Attack 148: a plan with keys such as `__proto__`, cycles, self or forward references, a million steps, or a
// template expression in its arguments. Such a plan never becomes steps, so no audit record of a step can
// exist here; that the submission is refused and the next task runs is asserted where tasks are run.

const step = (key: string, params: unknown = {}, more: object = {}): PlannedStep =>
  ({ key, action: 'summarize', params, description: 'd', ...more }) as PlannedStep;
const from = ($from: string, pointer = '/text'): JsonValue => ({ $from, pointer });
const problem = (steps: unknown, maxSteps = 30): string => {
  const check = validatePlan(steps as readonly PlannedStep[], { maxSteps });
  return check.ok ? 'accepted' : check.problem;
};

test('a chain of references backwards is a plan', () => {
  const steps = [
    step('s1'),
    step('s2', { a: from('s1') }),
    step('s3', { b: [from('s1'), { c: from('s2', '') }] }),
  ];
  assert.equal(problem(steps), 'accepted');
});

test('keys that are names of the language, doubled or no plain names are refused', () => {
  for (const key of [
    '__proto__',
    'constructor',
    'prototype',
    '',
    'S1',
    '1a',
    'a b',
    'a/b',
    'a'.repeat(33),
    '\u0430',
  ])
    assert.match(problem([step(key)]), /not a plain name/, key);
  assert.match(problem([step(7 as unknown as string)]), /not a plain name/);
  assert.match(problem([step('s1'), step('s1')]), /used twice/);
  const parameters = JSON.parse('{"a":{"__proto__":{"polluted":true}}}');
  assert.match(problem([step('s1', parameters)]), /reserved name/);
  assert.match(
    problem([step('s1', { constructor: { prototype: { polluted: true } } })]),
    /reserved name/,
  );
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('self references, forward references, cycles and references to nothing are refused', () => {
  const backwards = /does not point to an earlier step/;
  assert.match(problem([step('s1', { a: from('s1') })]), backwards);
  assert.match(problem([step('s1', { a: from('s2') }), step('s2')]), backwards);
  assert.match(problem([step('s1', { a: from('s2') }), step('s2', { a: from('s1') })]), backwards);
  for (const name of ['__proto__', 'constructor', 'toString', 'nothing'])
    assert.match(problem([step('s1'), step('s2', { a: from(name) })]), backwards, name);
});

test('a million steps, a million values and endless depth are refused, and quickly', () => {
  const started = performance.now();
  const one = step('s1');
  assert.match(problem(Array.from({ length: 1_000_000 }, () => one)), /1000000 steps/);
  assert.match(
    problem(
      Array.from({ length: 300 }, (_, i) => step(`s${i}`)),
      1_000_000,
    ),
    /at most 200/,
  );
  assert.match(
    problem([step('s1', { a: Array.from({ length: 1_000_000 }, () => 1) })]),
    /more than 10000 values/,
  );
  let deep: JsonValue = 1;
  for (let i = 0; i < 100_000; i += 1) deep = [deep];
  assert.match(problem([step('s1', { deep })]), /nested deeper/);
  assert.match(problem([step('s1', { text: 'a'.repeat(3_000_000) })]), /too long/);
  assert.ok(performance.now() - started < 5000);
});

test('pointers that are malformed, endless or name what is reserved are refused', () => {
  const two = (pointer: string): string =>
    problem([step('s1'), step('s2', { a: from('s1', pointer) })]);
  for (const pointer of ['/a~2', '/~', `/${'a'.repeat(300)}`])
    assert.match(two(pointer), /no valid pointer/);
  for (const pointer of ['/__proto__', '/a/constructor'])
    assert.match(two(pointer), /reserved field/);
  assert.match(two('text'), /nearly a reference/);
});

test('an object that is nearly a reference is refused', () => {
  for (const near of [
    { $from: 's1' },
    { $from: 's1', pointer: 1 },
    { $from: 's1', pointer: '', x: 1 },
    { $ref: '#' },
  ])
    assert.match(problem([step('s1'), step('s2', { a: near })]), /nearly a reference/);
});

test('template expressions are data: accepted as texts and never evaluated', () => {
  const text = '{{s1.text}} #{process.exit(1)} <%= 1 %> $from';
  assert.equal(problem([step('s1'), step('s2', { text })]), 'accepted');
  assert.deepEqual({ ...(withResults({ text }, () => ({ text: 'secret' })) as object) }, { text });
});

test('unknown actions, server-owned fields and values that are no JSON are refused', () => {
  assert.match(problem([step('s1', {}, { action: 'toString' })]), /action is unknown/);
  assert.match(problem([step('s1', { _policy_decision: 'allow' })]), /only the agent may set/);
  assert.match(problem([step('s1', {}, { description: { toString: () => 'x' } })]), /not a text/);
  assert.match(problem([step('s1', 'params')]), /not an object/);
  for (const value of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '\ud800',
    undefined,
    () => 1,
    1n,
    new Date(0),
    new Map(),
  ])
    assert.notEqual(problem([step('s1', { value })]), 'accepted');
  for (const nothing of [[], null, {}, 'plan']) assert.match(problem(nothing), /no steps/);
});

test('an intent full of such names still gives a plan of plain keys', async () => {
  const result = await heuristicPlanner.plan({
    intent: "find __proto__ and constructor {{x}} and save '%{y}' to outputs/__proto__",
    mode: 'standard',
    workspaces: [
      { id: 'user_docs', readable: true, writable: false, named: false },
      { id: 'outputs', readable: false, writable: true, named: false },
    ],
    maxSteps: 5,
    tools: [],
    buildable: new Set(['local_search', 'write_file']),
  });
  assert.ok(result.kind === 'planned');
  assert.deepEqual(
    result.steps.map(({ key }) => key),
    ['s1', 's2'],
  );
  assert.deepEqual(result.steps[1]?.params, { path: 'outputs/__proto__', content: '%{y}' });
});
