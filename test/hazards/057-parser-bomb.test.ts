import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

// The source of an installed plugin is capped where it is installed. Here: the compiler meets it all the same.

const range = await openHazardRange({ after }, { limits: { cpu_ms: 1000, wall_ms: 4000 } });
const MB = 1_000_000;

test('a source nested twenty thousand levels deep ends as an error of the guest', async () => {
  const result = await range.attack({ script: '057-parser-bomb' });
  assertContained(result, 'guest_error');
});

const returning = (expression: string): string =>
  `const value = ${expression}; return { escaped: [] };`;
const BOMBS: Readonly<Record<string, readonly [string, readonly HazardResult['code'][]]>> = {
  'a million levels of brackets': [returning('['.repeat(MB) + ']'.repeat(MB)), ['guest_error']],
  'two million braces that nothing closes': ['{'.repeat(2 * MB), ['guest_error']],
  'a million parts of a template': [
    returning(`\`${'\u0024{1}'.repeat(MB)}\``),
    ['completed', 'cpu', 'memory', 'guest_error'],
  ],
  'ten thousand classes': [
    returning(`[${'class { x = 1; static y = 2; get z() { return 3; } },'.repeat(10_000)}]`),
    ['completed', 'cpu', 'memory'],
  ],
  'fifty thousand functions': [
    returning(`[${'() => () => () => 1,'.repeat(50_000)}]`),
    ['completed', 'cpu', 'memory'],
  ],
  'a text of forty megabytes': [returning('('.repeat(40 * MB)), ['argument_too_large']],
};

for (const [what, [script, codes]] of Object.entries(BOMBS)) {
  test(`a source that is ${what} is read in the cell alone, within its limits`, async () => {
    const result = await range.attack({ script });
    assertContained(result, ...codes);
    assert.ok(result.ms < 6000, `ended after ${result.ms} ms`);
    assert.ok(result.peakRssMb < 320, `${result.peakRssMb} MB`);
  });
}
