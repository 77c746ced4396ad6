import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exhaustedBudget } from '../../../core/broker/execute/budget-check.ts';
import { makeStepMeter } from '../../../core/broker/execute/step-meter.ts';
import { type Budgets, NO_USAGE, type Usage } from '../../../core/vocabulary/budget.ts';

const LIMIT: Budgets = {
  max_steps: 2,
  max_tool_calls: 3,
  max_tokens: 5,
  max_wall_clock_seconds: 7,
  max_files_touched: 11,
  max_output_bytes: 13,
};

const FULL: readonly (readonly [Partial<Usage>, string])[] = [
  [{ steps: 2 }, 'step budget exceeded (2/2)'],
  [{ toolCalls: 3 }, 'tool-call budget exceeded (3/3)'],
  [{ tokens: 5 }, 'token budget exceeded (5/5)'],
  [{ activeMs: 7000 }, 'wall-clock budget exceeded (7s/7s)'],
  [{ filesTouched: 11 }, 'files-touched budget exceeded (11/11)'],
  [{ outputBytes: 13 }, 'output-size budget exceeded (13/13)'],
];

test('a step starts below every limit, and not where one is reached', () => {
  const below: Usage = {
    steps: 1,
    toolCalls: 2,
    tokens: 4,
    activeMs: 6999,
    cpuMs: 0,
    filesTouched: 10,
    outputBytes: 12,
  };
  assert.equal(exhaustedBudget(below, LIMIT), null);
  for (const [used, says] of FULL)
    assert.equal(exhaustedBudget({ ...below, ...used }, LIMIT), says);
});

test('of several limits that are reached the first of the contract is named', () => {
  const all = Object.assign({ ...NO_USAGE }, ...FULL.map(([used]) => used));
  assert.equal(exhaustedBudget(all, LIMIT), FULL[0]?.[1]);
});

test('within a step the file or byte that would cross a limit is refused and not counted', () => {
  const meter = makeStepMeter({ ...NO_USAGE, filesTouched: 10, outputBytes: 10 }, LIMIT, 'low');
  meter.touchFile();
  meter.chargeOutput(3);
  assert.throws(() => meter.touchFile(), { code: 'budget_exceeded' });
  assert.throws(() => meter.chargeOutput(1), { code: 'budget_exceeded' });
  assert.deepEqual(meter.usage(5), {
    ...NO_USAGE,
    steps: 1,
    filesTouched: 1,
    outputBytes: 3,
    activeMs: 5,
  });
});

test('a step has the highest label of its input and of all that it saw', () => {
  const meter = makeStepMeter(NO_USAGE, LIMIT, 'medium');
  meter.saw('low');
  assert.equal(meter.label(), 'medium');
  meter.saw('high');
  meter.saw('low');
  assert.equal(meter.label(), 'high');
});
