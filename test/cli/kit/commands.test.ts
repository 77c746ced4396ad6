import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type CommandEnd, secaiAgent } from '../../harness/cli.ts';

const root = mkdtempSync(join(tmpdir(), 'secai-kit-'));
after(() => rmSync(root, { recursive: true }));
const folder = join(root, 'example');
const plugin = (...args: readonly string[]): Promise<CommandEnd> => secaiAgent(['plugin', ...args]);
const change = (name: string, from: string, to: string): (() => void) => {
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes(from), `${name} holds ${from}`);
  writeFileSync(file, text.replace(from, to));
  return () => writeFileSync(file, text);
};

test('`new` writes a plugin whose check, types, cases and build pass as they are', async () => {
  const made = await plugin('new', folder);
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /next:\n.*plugin test .*\n.*plugin types .*\n.*plugin build /);
  for (const [command, ...more] of [['check'], ['types', '--check'], ['build']]) {
    const { code, out, err } = await plugin(String(command), folder, ...more);
    assert.equal(code, 0, `${command}: ${out}${err}`);
  }
  const tested = await plugin('test', folder, '--json');
  assert.equal(tested.code, 0, tested.out + tested.err);
  const { cases }: { cases: readonly { readonly verdict: string }[] } = JSON.parse(tested.out);
  assert.deepEqual(
    cases.map(({ verdict }) => verdict),
    ['passed', 'passed', 'passed'],
  );
  assert.deepEqual(readdirSync(join(folder, 'build')).sort(), [
    'README.md',
    'docs',
    'manifest.yaml',
    'plugin.js',
  ]);
});

test('`new` touches no folder that holds something, and refuses an id that is none', async () => {
  const again = await plugin('new', folder);
  assert.equal(again.code, 1);
  assert.match(again.err, /is not empty; name a new or an empty folder/);
  const wrong = await plugin('new', join(root, 'Wrong_Name'));
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /`Wrong_Name` is no plugin id: .*choose one with --id/);
  assert.ok(!existsSync(join(root, 'Wrong_Name')));
});

test('`check` names each finding with place, pointer, rule and mend, of a manifest alone as well', async () => {
  const restore = change('manifest.yaml', 'reversibility: read-only', 'reversibility: harmless');
  const { code, out } = await plugin('check', join(folder, 'manifest.yaml'));
  restore();
  assert.equal(code, 1);
  assert.match(out, /^manifest\.yaml:11:20: /);
  assert.match(out, /at \/tools\/example\.count_lines\/reversibility, rule \S+; mend: \S/);
  assert.match(out, /1 finding\n$/);
});

test('`build` refuses types that are not those of the manifest, a module that does not fit, and a folder of another', async () => {
  const stale = change(
    'manifest.yaml',
    'words: { type: integer, minimum: 0 }',
    'words: { type: boolean }',
  );
  const differing = await plugin('build', folder);
  stale();
  assert.equal(differing.code, 1);
  assert.match(differing.err, /differs from the manifest; run: secai-agent plugin types/);

  const broken = change('index.ts', 'lines: lines.length', 'lines: content');
  const misfit = await plugin('build', folder);
  broken();
  assert.equal(misfit.code, 1);
  assert.match(misfit.err, /does not fit the manifest:\n[^\n]*index\.ts/);

  const foreign = await plugin('build', folder, '--out', root);
  assert.equal(foreign.code, 1);
  assert.match(
    foreign.err,
    /holds `example`, which no build made; choose another folder with --out/,
  );
});

test('`test` fails for a case that fails, tells why, and for a plugin without a case', async () => {
  const wrong = change('cases.yaml', 'lines: 2', 'lines: 3');
  const failing = await plugin('test', folder, '--case', 'counts lines and words');
  wrong();
  assert.equal(failing.code, 1);
  assert.match(failing.out, /FAIL {2}counts lines and words .*path read×1\)\n +output \{"lines":2/);
  assert.match(failing.out, /0 of 1 case passed/);
  const none = await plugin('test', join(folder, 'build'));
  assert.equal(none.code, 1);
  assert.match(none.err, /a plugin without a case is not tested/);
  const unknown = await plugin('test', folder, '--case', 'other');
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /no case is named `other`; there are `counts lines and words`/);
});

test('`trace` marks a grant that no case uses, and `shrink --write` takes it away', async () => {
  change(
    'manifest.yaml',
    '        path: {',
    '        folder: { type: string, maxLength: 100, x-capability: storage.list }\n        path: {',
  );
  const trace = await plugin('trace', folder);
  assert.equal(trace.code, 0, trace.err);
  assert.match(trace.out, /path +storage\.read +user_docs\/note\.md: read 1 call, 14 bytes/);
  assert.match(trace.out, /count_lines folder {2}storage\.list: UNUSED: no case gives it/);
  const shrink = await plugin('shrink', folder, '--write');
  assert.equal(shrink.code, 0, shrink.err);
  assert.match(
    shrink.out,
    /1 grant can go:\n {2}\/tools\/example\.count_lines\/input\/properties\/folder\/x-capability/,
  );
  assert.match(
    shrink.out,
    /\n- .*x-capability: storage\.list \}\n\+ .*folder: \{ type: string, maxLength: 100 \}\n/,
  );
  const text = readFileSync(join(folder, 'manifest.yaml'), 'utf8');
  assert.doesNotMatch(text, /storage\.list/);
  assert.match(text, /# The only place where this plugin's power is written/, 'comments stay');
});
