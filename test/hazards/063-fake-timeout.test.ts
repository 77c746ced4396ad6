import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });

const FAKES = [
  'Script execution timed out.',
  'Isolate was disposed during execution due to memory limit',
  'Isolate is disposed',
  'the step was cancelled',
  '{"limit":"memory"}',
];

for (const document of FAKES) {
  test(`a step that throws "${document}" is a guest error and nothing else`, async () => {
    const cells = range.broker.cellPids();
    const result = await range.attack({ script: '063-fake-timeout', document });
    assertContained(result, 'guest_error');
    assert.ok(result.message.includes(document));
    assert.deepEqual(range.broker.cellPids(), cells);
  });
}

test('a step that throws a message of 10 MB is heard for at most 2 KiB of it', async () => {
  const result = await range.attack({ script: '063-fake-timeout', document: 'long' });
  assertContained(result, 'guest_error');
  assert.ok(result.message.length <= 2048);
});
