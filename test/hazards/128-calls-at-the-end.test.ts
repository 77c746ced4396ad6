import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

// Attack 128, for what is read; a write under way is the other file's. Calls that came before the end was known are
// on record behind it, as many as may be under way; that they read nothing then is asserted where handles are minted.

/** Of the standard profile. */
const IN_FLIGHT = 16;
const range = await openHazardRange({ after }, { limits: { calls_total: 100_000 } });

const callsAfterEnd = ({ records }: HazardResult): number => {
  const events = records.map(({ event }) => event);
  const ends = ['step_executed', 'task_cancelled'].map((name) => events.indexOf(name));
  const end = Math.max(...ends);
  assert.ok(end >= 0, events.join(' '));
  return events.slice(end).filter((event) => event === 'handle_call').length;
};

test('no call of a step that was cancelled is taken, and its cell ends', async () => {
  const [cell = 0] = range.broker.cellPids();
  const result = await range.attack({
    script: '128-calls-at-the-end',
    document: 'wait',
    whileRunning: () => {
      const [running] = range.broker.tasks.list(1);
      assert.ok(running !== undefined);
      void range.broker.tasks.cancel(running.task_id, { peer: null });
    },
  });
  assert.equal(result.status, 'cancelled');
  assert.equal(result.code, 'cancelled');
  assert.ok(result.records.filter(({ event }) => event === 'handle_call').length >= 1);
  assert.ok(callsAfterEnd(result) <= IN_FLIGHT, `${callsAfterEnd(result)} calls`);
  assert.equal(range.broker.cellPids().includes(cell), false);
  assert.deepEqual([result.moved, result.canaries], [[], []]);
  assert.ok(result.chainValid);
  assert.equal(result.next, 'completed');
});

test('no call of a step is served once its result is on record', async () => {
  const result = await range.attack({ script: '128-calls-at-the-end' });
  assertContained(result);
  assert.equal(callsAfterEnd(result), 0);
});
