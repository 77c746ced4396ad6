import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { scriptedCells } from '../broker/supervisor/scripted-cell.ts';
import { assertContained, hazard, openHazardRange } from '../harness/hazard.ts';

// The bodies of HTTP requests have their own cases beside the boundary.

test('text that is JSON by another reading stays text', async (t) => {
  const result = await hazard(t, { script: '049-hostile-json' });
  assertContained(result);
  assert.deepEqual(result.got, {
    escaped: [],
    outcomes: ['input_invalid'],
    numbers: 'input_invalid',
  });
});

const SUMMARY = '"sentences":[],"sources":[],"considered":0,"complete":true';
/** What an owned cell gives for its result, and how the step ends. */
const BODIES = {
  'of 5 MB': [`'{"ok":{"text":"' + 'x'.repeat(5e6) + '"}}'`, 'violation'],
  'a million levels deep': [`'{"ok":' + '['.repeat(1e6)`, 'guest_error'],
  'that opens sixty thousand levels and closes none': [`'{"ok":' + '['.repeat(6e4)`, 'violation'],
  'two thousand levels deep': [
    `'{"ok":{"text":' + '['.repeat(2000) + ']'.repeat(2000) + '}}'`,
    'guest_error',
  ],
  'with a mark before it': [`'\\ufeff{"ok":{}}'`, 'violation'],
  'with two envelopes': [`'{"ok":{},"ok":{},"err":"x"}'`, 'violation'],
  'with a key twice': [`'{"ok":{"text":"a","text":7,${SUMMARY}}}'`, 'output_invalid'],
  'with a huge exponent': [
    `'{"ok":{"text":"","sentences":[],"sources":[],"considered":1e999,"complete":true}}'`,
    'output_invalid',
  ],
  'with trailing text': [`'{"ok":{}} '.padEnd(20, 'x')`, 'violation'],
} as const;

// The name stands in the source of the step, which an owned cell is given too.
const cells = scriptedCells(`hello();
const bodies = { ${Object.entries(BODIES)
  .map(([name, [body]]) => `${JSON.stringify(name)}: () => ${body}`)
  .join(',\n')} };
on.run = ({ step }, { source }) => {
  const name = Object.keys(bodies).find((each) => source.includes('// ' + each));
  send({ type: 'result', step, cpu_ms: 1 }, bodies[name]());
};`);
after(() => cells().dispose());

for (const [name, [, code]] of Object.entries(BODIES)) {
  test(`a result ${name} ends its step as ${code}`, async (t) => {
    const range = await openHazardRange(t, { launcher: cells() });
    assertContained(await range.attack({ script: `return {}; // ${name}`, asResult: true }), code);
  });
}
