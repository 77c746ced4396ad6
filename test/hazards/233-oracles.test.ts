import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { parseManifest } from '../../core/broker/catalog/parse-manifest.ts';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

// What cannot be hidden is documented (SECURITY.md): how deep the stack and how large the heap is, the same
// for every step of a profile, and how long a handle's answer takes, which the broker alone could blur.

const range = await openHazardRange({ after });

test('depth, memory and Intl say the same in each step, and nothing of the host', async (t) => {
  const { TZ, LANG } = process.env;
  t.after(() => Object.assign(process.env, { TZ: TZ ?? '', LANG: LANG ?? '' }));
  const said = [];
  for (const zone of ['Asia/Tokyo', 'America/New_York']) {
    Object.assign(process.env, { TZ: zone, LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' });
    const result = await range.attack({ script: '233-oracles' });
    assertContained(result);
    assert.ok(isJsonObject(result.got));
    said.push(result.got);
    const [cell = 0] = range.broker.cellPids();
    process.kill(cell, 'SIGKILL');
    while (range.broker.cellPids().includes(cell)) await pause(5);
  }
  const [first, second] = said;
  assert.deepEqual(first?.['host'], second?.['host']);
  assert.equal(first?.['grown'], second?.['grown']);
  const host = Object(first?.['host']);
  assert.deepEqual([host.offset, host.collation, host.numbers], [0, 'en-US', 'en-US']);
  assert.match(host.text, /^Thu Jan 01 1970 00:00:00 GMT\+0000/);
});

const ANNOTATED = '{ type: string, maxLength: 9, x-capability: storage.read }';
/** Places where a capability would be asked for and no reader of the manifest would look. */
const PLACES: Readonly<Record<string, readonly [input: string, output?: string]>> = {
  'under `if`': [`if: { properties: { a: ${ANNOTATED} } }`],
  'under `then`': [`then: { properties: { a: ${ANNOTATED} } }`],
  'under `anyOf`': [`anyOf: [{ properties: { a: ${ANNOTATED} } }]`],
  'under `not`': [`not: { properties: { a: ${ANNOTATED} } }`],
  'under `dependentSchemas`': [`dependentSchemas: { a: { properties: { b: ${ANNOTATED} } } }`],
  'in `$defs` that nothing names': [`$defs: { a: ${ANNOTATED} }`],
  'in `$defs` behind a reference': [
    `$defs: { a: ${ANNOTATED} }, properties: { a: { $ref: '#/$defs/a' } }`,
  ],
  'under a pattern of names': [`patternProperties: { '^a': ${ANNOTATED} }`],
  'on the object itself': ['x-capability: storage.read'],
  'on a number': ['properties: { a: { type: integer, x-capability: storage.read } }'],
  'on an enum': ['properties: { a: { enum: [x], x-capability: storage.read } }'],
  'on an array': [
    'properties: { a: { type: array, maxItems: 2, x-capability: storage.read, items: { type: string, maxLength: 9 } } }',
  ],
  'inside a parameter': [
    `properties: { a: { type: object, additionalProperties: false, properties: { b: ${ANNOTATED} } } }`,
  ],
  'in an array of arrays': [
    `properties: { a: { type: array, maxItems: 2, items: { type: array, maxItems: 2, items: ${ANNOTATED} } } }`,
  ],
  'on an output': ['properties: {}', `properties: { a: ${ANNOTATED} }`],
};

for (const [place, [input, output = 'properties: {}']] of Object.entries(PLACES)) {
  test(`a manifest with a capability ${place} is refused`, () => {
    const schema = (text: string): string =>
      `{ type: object, additionalProperties: false, ${text} }`;
    const manifest = (one: string, two: string): string =>
      `id: sly\nversion: 0.1.0\ntitle: t\ndescription: d\nlicense: MIT\nauthors: [a]\nsteps:\n  summarize:\n    description: d\n    reversibility: read-only\n    input: ${schema(one)}\n    output: ${schema(two)}\n`;
    assert.doesNotThrow(() => parseManifest(manifest(`properties: { a: ${ANNOTATED} }`, ''), 'm'));
    assert.throws(() => parseManifest(manifest(input, output), 'm'), { code: 'manifest' });
  });
}
