import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });

for (const document of ['buffer', 'bytes', 'floats', 'view', 'slice', 'one']) {
  test(`memory outside the heap (${document}) is counted, and refused beyond the limit`, async () => {
    const result = await range.attack({ script: '069-plain-buffers', document });
    assertContained(result, 'completed', 'memory');
    if (result.code === 'completed') {
      assert.ok(isJsonObject(result.got) && result.got['refused'] === true, 'by a RangeError');
      assert.ok(Number(result.got['held']) < 100, `held ${result.got['held']}`);
    }
    assert.ok(result.peakRssMb < 320, `${result.peakRssMb} MB`);
  });
}
