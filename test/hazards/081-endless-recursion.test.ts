import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, hazard } from '../harness/hazard.ts';

test('every recursion without an end is a RangeError of the guest, who goes on', async (t) => {
  const result = await hazard(t, { script: '081-endless-recursion' });
  console.log(JSON.stringify(result.got), result.ms, result.code);
  assertContained(result);
  assert.ok(isJsonObject(result.got) && result.got['serves'] === true);
});
