import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });

test('a module with a `then`, live bindings and names of the host is a plain script with a step', async () => {
  const result = await range.attack({ script: '230-modules-and-wrappers' });
  assertContained(result);
  assert.ok(isJsonObject(result.got));
  assert.equal(result.got['live'], 'second');
});

const SUMMARY = '{ text: "1", sentences: [], sources: [], considered: 0, complete: true }';
/** What a text may do to the text around it, and how its step ends. */
const TEXTS: ReadonlyMap<string, readonly [script: string, code: HazardResult['code']]> = new Map([
  [
    'closes the function and opens another',
    [`return ${SUMMARY}; } , x: function () {`, 'completed'],
  ],
  ['closes the whole script', [`return ${SUMMARY}; } } }; var other = { a: { b() {`, 'completed']],
  ['leaves a bracket open', ['return {', 'guest_error']],
  ['ends in a comment', [`return ${SUMMARY}; /*`, 'guest_error']],
  ['ends in a comment of one line', [`return ${SUMMARY}; //`, 'completed']],
  ['ends in an open template', ['return `', 'guest_error']],
  ['breaks lines with separators', [`\u2028return ${SUMMARY}\u2029`, 'completed']],
  ['starts with a mark', [`\ufeffreturn ${SUMMARY}`, 'completed']],
  ['defines the step table itself', ['} } }; __plugin = null; ({ steps: { a() {', 'guest_error']],
  [
    'gives a step that only a getter has',
    [
      '} } }; Object.defineProperty(__plugin.steps, "summarize", { get() { for (;;); } }); ({ a: { a() {',
      'guest_error',
    ],
  ],
  ['imports', ['import fs from "node:fs";\nexport default () => fs;', 'guest_error']],
  ['imports by another name', ['export * from "node:fs";\nexport default () => 1;', 'guest_error']],
]);

for (const [name, [script, code]] of TEXTS) {
  test(`a text that ${name} reaches nothing, and its step ends as ${code}`, async () => {
    assertContained(await range.attack({ script, asResult: true }), code);
  });
}
