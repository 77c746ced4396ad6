import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, hazard } from '../harness/hazard.ts';

// What is left of time in a step is the order in which its own timers fire, each as late as the cell may make it.

test('every clock of a step stands still, over work, calls and sleep', async (t) => {
  const result = await hazard(t, { script: '082-clocks' });
  assertContained(result);
  assert.ok(isJsonObject(result.got) && isJsonObject(result.got['first'] ?? null));
  const { now, format, temporal, performance, event, hrtime } = result.got['first'] as Readonly<
    Record<string, string>
  >;
  assert.match(String(now), /^\d+$/);
  assert.equal(format, 'TypeError');
  for (const absent of [temporal, performance, event, hrtime])
    assert.equal(absent, 'ReferenceError');
});
