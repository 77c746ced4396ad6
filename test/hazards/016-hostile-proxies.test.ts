import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after }, { limits: { cpu_ms: 300, wall_ms: 3000 } });

test('the traps of a proxy run in the isolate, and what they say is data or an error', async () => {
  const result = await range.attack({ script: '016-hostile-proxies' });
  assertContained(result);
  assert.deepEqual(result.got, {
    escaped: [],
    outcomes: [
      'throwing from a trap',
      'within from a trap',
      'lying string',
      'list input_invalid',
      'function the arguments are not data',
    ],
    trapped: true,
  });
});

const LOOP = 'new Proxy({}, new Proxy({}, { get: () => () => { for (;;); } }))';
const THROW = 'new Proxy({}, new Proxy({}, { get: () => { throw new Error("from a trap"); } }))';
const PLACES: ReadonlyMap<string, readonly [script: string, code: HazardResult['code']]> = new Map([
  ['returned, with looping traps,', [`return ${LOOP};`, 'cpu']],
  ['thrown, with looping traps,', [`throw ${LOOP};`, 'cpu']],
  ['given to a handle, with looping traps,', [`await handles.path.read(${LOOP});`, 'cpu']],
  ['returned, with throwing traps,', [`return { value: ${THROW} };`, 'guest_error']],
  ['thrown, with throwing traps,', [`throw ${THROW};`, 'guest_error']],
]);

for (const [name, [script, code]] of PLACES) {
  test(`a proxy ${name} ends its step as ${code}`, async () => {
    const result = await range.attack({ script, asResult: true });
    assertContained(result, code);
    assert.ok(result.ms < 3000, `${result.ms} ms`);
  });
}
