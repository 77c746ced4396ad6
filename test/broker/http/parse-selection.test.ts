import assert from 'node:assert/strict';
import { test } from 'node:test';
import { APPROVAL, DENIAL, parseSelection } from '../../../core/broker/http/parse-selection.ts';

const invalid = (message: string): object => ({ code: 'invalid_request', message });

test('all wins over named steps, named steps are kept once each', () => {
  assert.deepEqual(parseSelection({ approve_all: true, step_ids: ['a'] }, APPROVAL), {
    kind: 'all',
  });
  assert.deepEqual(parseSelection({ deny_all: false, step_ids: ['a', 'a', 'b'] }, DENIAL), {
    kind: 'steps',
    steps: ['a', 'b'],
  });
});

test('unknown fields, wrong types and an empty selection are refused with the words of the route', () => {
  assert.throws(
    () => parseSelection({ deny_all: true }, APPROVAL),
    invalid('unknown approval field'),
  );
  assert.throws(
    () => parseSelection({ approve_all: true }, DENIAL),
    invalid('unknown denial field'),
  );
  const wrong = [
    { step_ids: null },
    { approve_all: null },
    { approve_all: 'true' },
    { step_ids: 'a' },
    { step_ids: [1] },
    { step_ids: ['a'.repeat(65)] },
    { step_ids: Array.from({ length: 101 }, String) },
  ];
  for (const body of wrong)
    assert.throws(() => parseSelection(body, APPROVAL), invalid('invalid approval selection'));
  assert.throws(() => parseSelection({ deny_all: 1 }, DENIAL), invalid('invalid denial selection'));
  for (const body of [{}, { approve_all: false }, { step_ids: [] }])
    assert.throws(
      () => parseSelection(body, APPROVAL),
      invalid('step_ids or approve_all=true is required'),
    );
  assert.throws(() => parseSelection({}, DENIAL), invalid('step_ids or deny_all=true is required'));
});
