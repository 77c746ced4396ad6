import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });

test('arguments nested too deep are refused by a code', async () => {
  const result = await range.attack({ script: '039-deep-nesting' });
  assertContained(result);
  const refusals = ['argument_too_large', 'argument_too_large'];
  assert.deepEqual(result.got, { escaped: [], refusals });
});

for (const document of ['some', 'many']) {
  test(`a result nested ${document} levels deep is refused politely`, async () => {
    const result = await range.attack({ script: '039-deep-nesting', document, asResult: true });
    assertContained(result, 'guest_error');
    assert.deepEqual(
      result.since.filter(({ event }) => event === 'cell_violation'),
      [],
    );
  });
}
