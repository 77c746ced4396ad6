import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isJsonObject, type JsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });
const script = '081-endless-recursion';

test('every recursion without an end is a RangeError of the guest, who goes on', async () => {
  const result = await range.attack({ script });
  assertContained(result);
  assert.ok(isJsonObject(result.got) && result.got['serves'] === true);
  const { ends } = result.got;
  assert.ok(isJsonObject(ends ?? null), 'each way ended');
  const { nested, flat, bound, pattern, ...recursions } = ends as JsonObject;
  assert.deepEqual(new Set(Object.values(recursions)), new Set(['RangeError']));
  for (const end of [nested, flat, bound, pattern]) {
    assert.ok(end === 'returned' || end === 'RangeError', String(end));
  }
});

test("a recursion through the host's own calls ends in the guest", async () => {
  const result = await range.attack({ script, document: 'host' });
  assertContained(result, 'guest_error');
});
