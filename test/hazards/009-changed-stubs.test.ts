import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });

// The second run is the next plugin in the same cell: it looks for what the first left behind.
for (const which of ['the step itself', 'the next step']) {
  test(`injected functions and objects cannot be changed for ${which}`, async () => {
    const result = await range.attack({ script: '009-changed-stubs' });
    assertContained(result);
    assert.deepEqual(result.got, { escaped: [], content: 'an ordinary document\n', tried: 12 });
  });
}
