import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });

test('a dynamic import of anything is refused', async () => {
  const result = await range.attack({ script: '029-dynamic-import' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], refused: 63 });
});

const LINES = [
  `import fs from 'node:fs';`,
  `import * as up from '../../../../etc/passwd';`,
  `import '/etc/passwd';`,
  `import 'data:text/javascript,1';`,
  `import 'x\\0.js';`,
  `import data from './x.json' with { type: 'json' };`,
  `export * from 'node:fs';`,
  `export { readFileSync } from 'node:fs';`,
  `const url = import.meta.url; export default () => ({ escaped: [url] });`,
  `import source wasm from './x.wasm';`,
  `import defer * as fs from 'node:fs';`,
];

for (const line of LINES) {
  test(`a plugin with \`${line}\` does not load`, async () => {
    const result = await range.attack({
      script: `${line}\nexport default () => ({ escaped: ['it loaded'] });`,
    });
    assertContained(result, 'guest_error');
  });
}
