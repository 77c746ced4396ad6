import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

const RSS_MB = 256;
const range = await openHazardRange(
  { after },
  { limits: { cpu_ms: 5000, wall_ms: 20_000, rss_mb: RSS_MB } },
);

// Each of them costs a cell; a short run takes one of each family.
const SHORT = ['map', 'flat', 'split', 'groups', 'closure', 'bigint', 'many'];

/** Where the language itself says no, the guest has its own error; the rest ends by the limit it went over. */
const OTHERWISE: Readonly<Record<string, readonly HazardResult['code'][]>> = {
  joined: ['guest_error', 'memory'],
  groups: ['guest_error', 'memory'],
  arguments: ['guest_error', 'memory'],
  bigint: ['completed', 'guest_error', 'memory'],
  typed: ['guest_error'],
  many: ['guest_error', 'memory'],
};

test('one value that fills the memory, of whatever kind, ends its step as memory and never as a crash', async () => {
  const listed = await range.attack({ script: '226-one-huge-value', document: 'list' });
  assertContained(listed);
  const ways = isJsonObject(listed.got) ? listed.got['ways'] : undefined;
  assert.ok(Array.isArray(ways) && ways.length >= 17, JSON.stringify(listed.got));
  assert.ok(SHORT.every((way) => ways.includes(way)));
  for (const each of process.env['SECAI_LONG'] === '1' ? ways : SHORT) {
    const way = String(each);
    const result = await range.attack({ script: '226-one-huge-value', document: way });
    const codes = OTHERWISE[way] ?? ['memory'];
    assert.ok(codes.includes(result.code), `${way}: ${result.code} ${result.message}`);
    assertContained(result, ...codes);
    assert.ok(result.peakRssMb <= RSS_MB * 1.25, `${way}: ${result.peakRssMb} MB`);
    // a step that completes in between keeps the plugin out of quarantine
    assertContained(await range.attack({ script: '226-one-huge-value', document: 'list' }));
  }
});
