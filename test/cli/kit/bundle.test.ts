import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { demandBundler } from '../../../core/cli/kit/author-kit.ts';
import { type Bundle, BundleFault, bundle } from '../../../core/cli/kit/bundle.ts';
import { packageNames } from '../../../core/cli/kit/check/package-names.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const bundled = async (files: Readonly<Record<string, string>>): Promise<Bundle> => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-bundle-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const bundler = await demandBundler('test');
  return bundle(bundler, { folder, entry: 'index.ts', outfile: 'plugin.js' });
};

const LIBRARY = {
  'node_modules/@scope/adder/package.json': '{ "name": "@scope/adder", "module": "adder.js" }',
  'node_modules/@scope/adder/adder.js': 'export const add = (a, b) => a + b;',
};
const USER = {
  'index.ts': `import { add } from '@scope/adder';
const inner = await0();
function await0(): number { return add(1, 2); }
export const tools = { 'a.b': async () => ({ sum: inner }) };`,
};

test('a bundle holds the libraries that it imports, and the same sources give the same bytes', async () => {
  const first = await bundled({ ...USER, ...LIBRARY });
  const second = await bundled({ ...USER, ...LIBRARY });
  assert.deepEqual(first, second);
  assert.deepEqual(packageNames(first.modules), ['@scope/adder']);
  const text = Buffer.from(first.contents).toString('utf8');
  assert.match(text, /globalThis\.__plugin = __plugin/);
  assert.doesNotMatch(text, /\bimport\b/);
});

const REFUSED: readonly (readonly [what: string, source: string, why: RegExp])[] = [
  [
    'a module of node',
    `import { readFileSync } from 'node:fs'; export const x = readFileSync;`,
    /index\.ts:1:\d+: .*node:fs/,
  ],
  ['a library that is not there', `import { x } from 'nowhere'; export const y = x;`, /nowhere/],
  ['native code', `import x from './x.node'; export const y = x;`, /No loader/],
  [
    'a module by a name known at run time',
    `const name = 'x'; export const y = import(name);`,
    /known at run time/,
  ],
  [
    'a require by a name known at run time',
    `declare const require: any; export const y = (n: string) => require(n);`,
    /known at run time/,
  ],
  ['the place of the module', 'export const y = import.meta.url;', /import\.meta/],
];

for (const [what, source, why] of REFUSED) {
  test(`a bundle refuses ${what}`, async () => {
    await assert.rejects(bundled({ 'index.ts': source, 'x.node': '' }), (thrown) => {
      assert.ok(thrown instanceof BundleFault, String(thrown));
      assert.match(thrown.message, why);
      return true;
    });
  });
}

test('a word in a text is no module that is loaded', async () => {
  await bundled({
    'index.ts': `export const tools = { 'a.b': () => 'var __require = import(x)' };`,
  });
});
