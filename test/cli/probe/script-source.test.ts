import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import { scriptSource } from '../../../core/cli/probe/script-source.ts';

type Step = (input: unknown, handles: unknown) => Promise<unknown>;

/** The step of the plugin that a script becomes, in a context of its own. */
const stepOf = (text: string, entry = 'attack'): Step => {
  const context = vm.createContext(Object.create(null));
  vm.runInContext(scriptSource(text, entry), context);
  return vm.runInContext(`__plugin.steps[${JSON.stringify(entry)}]`, context);
};
const run = (text: string): Promise<unknown> => stepOf(text)('input', 'handles');

const MODULES = {
  'a default function': 'export default (input, handles) => [input, handles].join();',
  'a default async function': 'export default async (input, handles) => [input, handles].join();',
  'a named function that is called before':
    'const f = () => run("input", "handles");\nexport default function run(input, handles) { return [input, handles].join(); }',
  'a named generator beside an async function':
    'export function* rest() {}\nexport default async function run(input, handles) { return [input, handles].join(); }',
  'a list with a default':
    'const run = (input, handles) => [input, handles].join();\nexport { run as default, run as other };',
  'a default value': 'export default "input,handles";',
  'other exports, and an await at the top':
    'export const a = await "input";\nexport let b = 1;\nexport { a };\nexport default (_, handles) => [a, handles].join();',
};

for (const [name, text] of Object.entries(MODULES)) {
  test(`a module with ${name} becomes a step`, async () => {
    assert.equal(await run(text), 'input,handles');
  });
}

test('a bare body becomes the body of an async function of input and handles', async () => {
  assert.equal(
    await run('#!/usr/bin/env node\nawait null; return [input, handles].join();'),
    'input,handles',
  );
  assert.equal(await run('return typeof this + typeof arguments;'), 'objectobject');
  assert.equal(await run('import("x").catch(() => {}); // a comment at the end'), undefined);
});

test('a module is strict and a bare body is not', async () => {
  assert.equal(await run('with ({ a: 1 }) return a;'), 1);
  await assert.rejects(run('export default () => { undeclared = 1; };'), /undeclared/);
  assert.throws(() => run('export default () => { with ({}) {} };'), { name: 'SyntaxError' });
});

test('a module that imports has no step: there is nothing to import from', () => {
  for (const line of [
    `import fs from 'node:fs';`,
    `import 'x';`,
    `import{a}from 'x';`,
    `export * from 'x';`,
    `export { a } from 'x';`,
  ]) {
    assert.throws(() => run(`${line}\nexport default () => 1;`), { name: 'SyntaxError' }, line);
  }
});

test('a module without a default export gives nothing', async () => {
  assert.equal(await run('export const a = 1;'), undefined);
});

test('scripts for another host find its names absent', async () => {
  const names = ['require', 'process', 'module', 'exports', 'VM', 'Buffer', 'global'];
  assert.equal(
    await run(`return [${names.map((name) => `typeof ${name}`)}].join('');`),
    'undefined'.repeat(7),
  );
  await assert.rejects(run(`const { VM } = require('vm2');`), { name: 'ReferenceError' });
});

test('an entry is a key and no code', async () => {
  const entry = '"]: 1, ["x';
  assert.equal(await stepOf('return 7;', entry)('', ''), 7);
});

// Breaking out of the wrapper is no defence to break: what stands outside of it is the same isolate.
test('a text that closes the wrapper runs beside it, in the same context', async () => {
  assert.equal(await run('return 1;\n}, x: async () => { return 2;'), 1);
});
