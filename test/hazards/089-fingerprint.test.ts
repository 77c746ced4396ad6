import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

test('a step learns nothing of the place, the language, the machine or the paths of its host', async (t) => {
  Object.assign(process.env, { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
  const range = await openHazardRange(t);
  const result = await range.attack({ script: '089-fingerprint' });
  assertContained(result);
  assert.ok(isJsonObject(result.got));
  assert.deepEqual(result.got['facts'], {
    zone: 0,
    summer: 0,
    date: 'Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)',
    local: '1/1/1970, 12:00:00 AM',
    number: '1,234,567.891',
    big: '1,234,567',
    list: 'aäz',
    upper: 'I',
    locale: 'en-US',
    collation: 'en-US',
    formats: 'undefined',
    endian: 1,
    nan: '0,0,0,0,0,0,248,127',
  });
  assert.equal(result.got['stacks'], 5);
});
