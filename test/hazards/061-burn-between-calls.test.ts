import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

// Attack 61 inside one step. That steps of one task are counted together is asserted beside this.

const CPU_MS = 300;

test('slices of work with calls between them are counted together and end by the cpu limit', async (t) => {
  const result = await hazard(t, {
    script: '061-burn-between-calls',
    limits: { cpu_ms: CPU_MS, calls_total: 10_000 },
  });
  assertContained(result, 'cpu');
  const calls = result.records.filter(({ event }) => event === 'handle_call');
  assert.ok(calls.length > 5, `${calls.length} calls on record`);
});
