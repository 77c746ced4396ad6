import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseManifest } from '../../../core/broker/catalog/parse-manifest.ts';
import { demandCompiler, demandTypeWriter } from '../../../core/cli/kit/author-kit.ts';
import { typeCheck } from '../../../core/cli/kit/build/type-check.ts';
import { typeNames } from '../../../core/cli/kit/types/type-names.ts';
import { typesText } from '../../../core/cli/kit/types/types-text.ts';

const MANIFEST = `id: typed
version: 1.0.0
title: Typed
description: Has each kind of handle.
license: Apache-2.0
authors: [The test]
requests: { tools: [text.diff] }
tools:
  typed.all:
    description: Has each kind of handle.
    reversibility: reversible
    input:
      type: object
      additionalProperties: false
      required: [file, target, files]
      properties:
        file: { type: string, maxLength: 200, x-capability: storage.read }
        folder: { type: string, maxLength: 200, x-capability: storage.search }
        target: { type: string, maxLength: 200, x-capability: storage.replace }
        files: { type: array, maxItems: 3, items: { type: string, maxLength: 200, x-capability: storage.read } }
        other: { type: string, maxLength: 64, x-capability: tool.invoke }
        style: { enum: [brief, 1, null] }
    output:
      type: object
      additionalProperties: false
      required: [lines]
      properties:
        lines: { type: array, maxItems: 3, items: { type: integer } }
        note: { type: string, maxLength: 10 }
`;

const manifest = parseManifest(MANIFEST, 'manifest.yaml');
const folder = mkdtempSync(join(tmpdir(), 'secai-types-'));
after(() => rmSync(folder, { recursive: true }));

test('types hold exactly the handles that are granted, optional and in lists as the parameters are', async () => {
  const text = await typesText(manifest, await demandTypeWriter('test'));
  assert.match(
    text,
    /export interface TypedAllHandles \{\n {2}readonly file: ReadHandle;\n {2}readonly folder\?: SearchHandle;\n {2}readonly target: WriteHandle;\n {2}readonly files: readonly ReadHandle\[\];\n {2}readonly other\?: InvokeHandle;\n\}/,
  );
  assert.match(text, /style\?: 'brief' \| 1 \| null;/);
  assert.match(text, /export interface Hit \{/, 'what a handle answers is declared with it');
  assert.doesNotMatch(text, /ListHandle/, 'what is not granted is not declared');
  assert.equal(text, await typesText(manifest, await demandTypeWriter('test')));
  writeFileSync(join(folder, 'types.d.ts'), text);
});

test('the types are whole: they check without anything beside them', async () => {
  const tsc = await demandCompiler('test');
  const args = ['--strict', '--noEmit', '--lib', 'es2024', '--types', '', '--ignoreConfig'];
  const { status, stdout } = spawnSync(process.execPath, [
    tsc,
    ...args,
    join(folder, 'types.d.ts'),
  ]);
  assert.equal(status, 0, stdout.toString());
});

const checkModule = async (body: string): Promise<readonly string[]> => {
  writeFileSync(join(folder, 'index.ts'), body);
  return typeCheck(folder, 'index.ts', manifest, 'test');
};

test('a module that fits its manifest passes, frozen answers and web globals included', async () => {
  assert.deepEqual(
    await checkModule(`export const tools = {
  'typed.all': async (
    input: { readonly style?: 'brief' | 1 | null },
    { files }: { readonly files: readonly { read(args: { readonly encoding: 'text' }): Promise<{ readonly size: number }> }[] },
  ): Promise<{ readonly lines: readonly number[] }> => {
    console.log(new URL('http://a/').host, input.style);
    return { lines: await Promise.all(files.map(async (file) => (await file.read({ encoding: 'text' })).size)) };
  },
};\n`),
    [],
  );
});

const MISFITS: readonly (readonly [what: string, body: string, why: RegExp])[] = [
  ['lacks a tool', 'export const tools = {};', /typed\.all/],
  ['exports no tools', 'export const steps = {};', /tools/],
  [
    'answers something else',
    `export const tools = { 'typed.all': async () => ({ lines: ['a'] }) };`,
    /not assignable/,
  ],
  [
    'wants a handle that it is not granted',
    `export const tools = { 'typed.all': async (_: object, { another }: { readonly another: object }) => ({ lines: [] as number[] }) };`,
    /another/,
  ],
  [
    'uses what an isolate has not',
    `export const tools = { 'typed.all': async () => ({ lines: [process.pid] }) };`,
    /process/,
  ],
];

for (const [what, body, why] of MISFITS) {
  test(`a module does not fit that ${what}`, async () => {
    assert.match((await checkModule(body)).join('\n'), why);
  });
}

test('two entries never share a name, and the later ones are counted', () => {
  assert.deepEqual(
    [...typeNames(['a.b_c', 'a_b.c', 'a.b1', 'a_b1']).values()],
    ['ABC', 'ABC2', 'AB1', 'AB12'],
  );
});
