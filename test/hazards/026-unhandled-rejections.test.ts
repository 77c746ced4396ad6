import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });
let escaped = 0;
process.on('unhandledRejection', () => (escaped += 1));

const SCRIPTS = {
  '026-unhandled-rejections': 'completed',
  '026-rejections-at-once': 'guest_error',
} as const;

for (const [script, code] of Object.entries(SCRIPTS)) {
  test(`rejections that nobody handles (${script}) stay in their isolate, and no cell ends by them`, async () => {
    const cells = range.broker.cellPids();
    const result = await range.attack({ script });
    assertContained(result, code);
    assert.equal(escaped, 0);
    assert.deepEqual(range.broker.cellPids(), cells);
  });
}
