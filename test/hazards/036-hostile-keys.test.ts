import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });
const assertUnpolluted = (): void => {
  assert.equal(Object({})['polluted'], undefined);
  assert.equal(Object([])['polluted'], undefined);
  assert.deepEqual(Object.keys(Object.prototype), []);
};

test('hostile keys at the top of a result do not fit its schema, and pollute nothing', async () => {
  const result = await range.attack({ script: '036-hostile-keys', asResult: true });
  assertContained(result, 'output_invalid');
  assertUnpolluted();
});

const PLACES = {
  'of a sentence': `sentences: [Object.assign(evil, { text: 'x', first_line: 1, last_line: 1 })]`,
  'of a list': `sources: Object.defineProperties(['x'], Object.getOwnPropertyDescriptors(evil))`,
  'in place of a list': 'sources: { length: 1, 0: "x", ...evil }',
};
for (const [place, field] of Object.entries(PLACES)) {
  test(`an own \`__proto__\` ${place} is refused or inert`, async () => {
    const result = await range.attack({
      asResult: true,
      script: `const evil = JSON.parse('{"__proto__":{"polluted":"yes"},"constructor":1}');
        return { text: '', sentences: [], sources: [], considered: 0, complete: true, ${field} };`,
    });
    assertContained(result, 'output_invalid', 'completed');
    assertUnpolluted();
  });
}

test('hostile keys in arguments are refused by name', async () => {
  const result = await range.attack({
    script: `const args = JSON.parse('{"encoding":"text","__proto__":{"offset":1}}');
      const refusal = await handles.path.read(args).catch((error) => error.code);
      return { escaped: [], refusal };`,
  });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], refusal: 'input_invalid' });
});
