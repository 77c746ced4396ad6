import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';
import { assertNothingAfterEnd } from './end-on-record.ts';

const range = await openHazardRange({ after });
let unhandled = 0;
process.on('unhandledRejection', () => (unhandled += 1));

for (const kind of ['jobs', 'rejected', 'timers', 'settled twice', 'in a getter']) {
  test(`jobs left behind by an answer (${kind}) do nothing once it is on record`, async () => {
    const cells = range.broker.cellPids();
    const result = await range.attack({ script: '227-late-jobs', document: kind });
    assertContained(result);
    assertNothingAfterEnd(result);
    assert.equal(unhandled, 0);
    assert.deepEqual(range.broker.cellPids(), cells);
  });
}
