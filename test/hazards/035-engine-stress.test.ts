import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';
import { untilGone } from '../harness/processes.ts';

const range = await openHazardRange({ after });

test('patterns that confuse compilers find none at work', async () => {
  const result = await range.attack({ script: '035-engine-stress' });
  assertContained(result);
});

test('a cell that V8 aborts ends its own step alone', async () => {
  const [cell = 0] = range.broker.cellPids();
  const result = await range.attack({
    script: '035-engine-stress',
    document: 'wait',
    whileRunning: () => process.kill(cell, 'SIGABRT'),
  });
  assertContained(result, 'crash');
  assert.ok(await untilGone(cell));
});
