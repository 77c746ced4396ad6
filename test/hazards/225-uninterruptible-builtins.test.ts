import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

// What the engine's own timeout cannot end, the death of the process does: in time, and by the same name.

// Each of them costs a cell; a short run takes one of each family.
const SHORT = ['search', 'parse a BigInt', 'format', 'locale'];

const range = await openHazardRange({ after }, { limits: { cpu_ms: 150, wall_ms: 20_000 } });

test('a step inside one endless builtin, whichever it is, ends as cpu within its deadline', async () => {
  const listed = await range.attack({ script: '225-uninterruptible-builtins', document: 'list' });
  assertContained(listed);
  const ways = isJsonObject(listed.got) ? listed.got['ways'] : undefined;
  assert.ok(Array.isArray(ways) && ways.length >= 19, JSON.stringify(listed.got));
  assert.ok(SHORT.every((way) => ways.includes(way)));
  for (const way of process.env['SECAI_LONG'] === '1' ? ways : SHORT) {
    const result = await range.attack({
      script: '225-uninterruptible-builtins',
      document: String(way),
    });
    assert.equal(result.code, 'cpu', String(way));
    assertContained(result, 'cpu');
    assert.ok(result.ms < 25_000, `${String(way)}: ${result.ms} ms`);
    // a step that completes in between keeps the plugin out of quarantine
    assertContained(
      await range.attack({ script: '225-uninterruptible-builtins', document: 'list' }),
    );
  }
});
