import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });

test('a handle that was stashed in a result or a place is text, or gone, for the next step of the same cell', async () => {
  const cells = range.broker.cellPids();
  const first = await range.attack({ script: '127-stashed-handles' });
  assertContained(first);
  assert.ok(isJsonObject(first.got));
  // the global object is the step's own, and nothing else can be changed
  assert.deepEqual(first.got['kept'], [0]);
  assert.deepEqual([first.got['handles'], first.got['path']], [{ path: {} }, {}]);
  assert.ok(!('read' in first.got));

  // The text of the first is what the second reads, and brings to life.
  const document = JSON.stringify(first.got);
  const second = await range.attack({ script: '127-stashed-handles', document });
  assertContained(second);
  const calls = second.records.filter(({ event }) => event === 'handle_call');
  assert.equal(calls.length, 1, 'only the document was read');
  assert.deepEqual(range.broker.cellPids(), cells);
});
