import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });

test('what is no JSON has one encoding, that of JSON.stringify', async () => {
  const result = await range.attack({ script: '041-exotic-values' });
  assertContained(result);
  assert.deepEqual(result.got, {
    escaped: [],
    asArgument: 'input_invalid',
    big: 'TypeError',
    values: {
      date: null,
      pattern: {},
      error: {},
      map: {},
      set: {},
      nan: null,
      infinite: null,
      zero: 0,
      lone: '\ud800',
      holes: [null, null, 1],
      buffer: {},
      view: {},
      bytes: { 0: 1, 1: 2 },
      boxed: ['s', 1, false],
      generator: {},
      weak: {},
      promise: {},
      intl: {},
      null: {},
      accessor: { x: 'read once' },
      hidden: {},
    },
  });
});

for (const value of [
  '2n ** 100_000n',
  'undefined',
  'Symbol("x")',
  '() => 1',
  '"text"',
  '7',
  '[]',
]) {
  test(`a step that returns ${value} has no result`, async () => {
    const result = await range.attack({ script: `return ${value};`, asResult: true });
    assertContained(result, 'guest_error');
  });
}
