import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/vocabulary/json.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

// Attack 87. What two plugins can still tell each other by: the files that both may write, which their grants name, and
// how long a step takes, as seen by whoever waits for it. All else that a step sees is asserted to be the same,
// whatever ran before it.

const seenBy = (got: JsonValue): JsonObject => {
  assert.ok(isJsonObject(got));
  return got;
};

test('a step sees the same world whatever ran before it, and no number tells how much did', async (t) => {
  const range = await openHazardRange(t);
  const script = '087-what-shows';
  const first = await range.attack({ script });
  for (let more = 0; more < 3; more += 1) {
    await range.attack({ script: "throw new Error('a noisy neighbour')" });
  }
  const second = await range.attack({ script });
  assertContained(first);
  assertContained(second);
  const { random: before, ...world } = seenBy(first.got);
  const { random: after, ...later } = seenBy(second.got);
  assert.deepEqual(later, world);
  assert.notDeepEqual(after, before, 'each step has a random seed of its own');
});

test('the ids of tasks and steps are random', async (t) => {
  const range = await openHazardRange(t);
  const ids = new Set<string>();
  for (let task = 0; task < 3; task += 1) {
    const { step, records } = await range.attack({ script: 'return { escaped: [] };' });
    const { task_id } = seenBy(records[0]?.['data'] ?? null);
    assert.match(String(task_id), /^[0-9a-f]{16}$/);
    assert.match(step.step_id, /^[0-9a-f]{12}$/);
    ids.add(String(task_id)).add(step.step_id);
  }
  assert.equal(ids.size, 6);
});
