import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContained, hazard } from '../harness/hazard.ts';

// What a search may cost the host is bounded by its own limits, which are tried beside the search gateway.

const FILE_BYTES = 1_000_000;
const FILES_TOUCHED = 20;

test('reads are charged to the task, and the host does no more of them than its budget allows', async (t) => {
  const document = 'x'.repeat(FILE_BYTES);
  const result = await hazard(t, { script: '062-work-for-the-host', document });
  assertContained(result);
  assert.deepEqual(result.got, {
    escaped: [],
    done: FILES_TOUCHED,
    refused: 'budget_exceeded',
  });
  const calls = result.records.filter(({ event }) => event === 'handle_call');
  assert.equal(calls.length, 2 * 16, 'the refused ones are on record too');
});
