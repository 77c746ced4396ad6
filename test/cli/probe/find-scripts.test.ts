import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findScripts, readScript } from '../../../core/cli/probe/find-scripts.ts';

const folderOf = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-scripts-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'deep/er'), { recursive: true });
  for (const name of ['b.js', 'a.mjs', 'deep/er/c.cjs', 'd.so', 'e.txt', 'f.ts']) {
    writeFileSync(join(folder, name), name);
  }
  return folder;
};

test('the scripts of a folder are found at every depth, in the order of their names', (t) => {
  const folder = folderOf(t);
  const names = (owned: boolean) =>
    findScripts([folder], { owned }).map(({ name }) => name.slice(folder.length + 1));
  assert.deepEqual(names(false), ['a.mjs', 'b.js', 'deep/er/c.cjs']);
  assert.deepEqual(names(true), ['a.mjs', 'b.js', 'd.so', 'deep/er/c.cjs']);
});

test('a link is not followed, neither to a file nor to a folder', (t) => {
  const folder = folderOf(t);
  const links = join(folder, 'links');
  mkdirSync(links);
  symlinkSync(join(folder, 'b.js'), join(links, 'b.js'));
  symlinkSync(join(folder, 'deep'), join(links, 'deep'));
  assert.throws(() => findScripts([links], { owned: false }), /holds no script/);
  assert.throws(() => findScripts([join(links, 'b.js')], { owned: false }), /neither a file/);
});

test('a path that is not there and a folder without scripts are refused by name', (t) => {
  const folder = folderOf(t);
  mkdirSync(join(folder, 'empty'));
  for (const name of ['missing', 'empty']) {
    assert.throws(() => findScripts([join(folder, name)], { owned: false }), {
      message: new RegExp(`/${name}\``),
      exitCode: 1,
    });
  }
});

test('a script of over a megabyte is refused', (t) => {
  const path = join(folderOf(t), 'b.js');
  assert.equal(readScript({ name: 'b.js', path }).toString(), 'b.js');
  truncateSync(path, 1024 * 1024 + 1);
  assert.throws(() => readScript({ name: 'b.js', path }), /over 1048576 bytes/);
});
