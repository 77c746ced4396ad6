import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });
const silent = (result: unknown): void => {
  assert.ok(!/SPOKEN/.test(range.broker.said()), 'the service log inspected a value of a guest');
  assert.ok(!/SPOKEN/.test(JSON.stringify(result)), 'a record inspected a value of a guest');
};

test('nobody prints what a step returns by its own hooks', async () => {
  const result = await range.attack({ script: '022-logged-objects' });
  assertContained(result, 'completed', 'guest_error');
  silent(result);
});

test('nobody prints what a step throws by its own hooks', async () => {
  const result = await range.attack({ script: '022-logged-objects', document: 'throw' });
  assertContained(result, 'guest_error');
  silent(result);
});
