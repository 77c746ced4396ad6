import assert from 'node:assert/strict';
import type { HazardResult } from '../harness/hazard.ts';

/** After a step's end is on record no call of it is: its handles are dead, and its isolate is gone. */
export const assertNothingAfterEnd = ({ records }: HazardResult): void => {
  const events = records.map(({ event }) => event);
  const end = events.indexOf('step_executed');
  assert.ok(end >= 0, events.join(' '));
  assert.deepEqual(events.slice(end + 1), ['task_completed']);
};
