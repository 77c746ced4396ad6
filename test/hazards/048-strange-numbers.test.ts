import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });

// A boxed number is the number, and -0 is 0, once they are JSON.
const ACCEPTED = {
  offset: { boxed: 'read 5', '-0': 'read 6', '1e2': 'read 0' },
  length: { boxed: 'read 1', '-0': 'read 0', '1e2': 'read 6' },
};

for (const [document, accepted] of Object.entries(ACCEPTED)) {
  test(`${document} is refused where it is no small whole number`, async () => {
    const result = await range.attack({ script: '048-strange-numbers', document });
    assertContained(result);
    const outcomes = Object.entries<string>(Object(result.got).outcomes);
    assert.equal(outcomes.length, 18);
    const read = outcomes.filter(([, outcome]) => outcome !== 'input_invalid');
    assert.deepEqual(Object.fromEntries(read), accepted);
  });
}
