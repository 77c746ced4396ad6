import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, test } from 'node:test';
import { parseSchema } from '../../core/broker/catalog/schema-profile/parse-schema.ts';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';
import { assertNothingAfterEnd } from './end-on-record.ts';

// A guest opens no handles: it has one for each resource that its plan names, and only calls can be many.

const range = await openHazardRange({ after });
const descriptors = (): number => readdirSync('/proc/self/fd').length;

test('a hundred thousand holds on one handle cost the broker nothing, and end with the step', async () => {
  const before = descriptors();
  const result = await range.attack({ script: '129-many-handles' });
  assertContained(result);
  assert.ok(isJsonObject(result.got) && result.got['held'] === 100_000);
  assert.equal(result.records.filter(({ event }) => event === 'handle_call').length, 2);
  assert.ok(descriptors() <= before, `${descriptors()} descriptors, ${before} before`);
});

test('a hundred thousand calls that nobody waits for end the step at its cap', async () => {
  const before = descriptors();
  const result = await range.attack({ script: '129-many-handles', document: 'calls' });
  assertContained(result, 'too_many_calls');
  const calls = result.records.filter(({ event }) => event === 'handle_call');
  assert.ok(calls.length <= 10_000, `${calls.length} calls`);
  assertNothingAfterEnd(result);
  assert.ok(descriptors() <= before, `${descriptors()} descriptors, ${before} before`);
});

test('a parameter that would name more than 64 resources is refused', () => {
  const input = (maxItems: number) => ({
    type: 'object',
    additionalProperties: false,
    properties: {
      paths: {
        type: 'array',
        maxItems,
        items: { type: 'string', maxLength: 4096, 'x-capability': 'storage.read' },
      },
    },
  });
  assert.equal(parseSchema(input(64), 'input').ok, true);
  for (const maxItems of [65, 100_000, Number.MAX_SAFE_INTEGER]) {
    assert.equal(parseSchema(input(maxItems), 'input').ok, false, `${maxItems}`);
  }
});
