import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, hazard } from '../harness/hazard.ts';

test('no constructor, helper or disposer falls back to a realm of the host', async (t) => {
  const result = await hazard(t, { script: '229-realm-fallback' });
  assertContained(result);
  assert.ok(isJsonObject(result.got) && Number(result.got['tried']) >= 90);
});
