import assert from 'node:assert/strict';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { CURRENT_FOLDER, OPEN, RESOLVE } from '../../core/linux/open-flags.ts';
import { openat2 } from '../../core/linux/openat2.ts';
import { renameWithin } from '../../core/linux/rename-within.ts';
import { unlinkat } from '../../core/linux/unlinkat.ts';

const base = mkdtempSync(join(tmpdir(), 'openat2-'));
const folder = (path: string): number =>
  openat2(CURRENT_FOLDER, path, {
    flags: OPEN.pathOnly | OPEN.directory | OPEN.closeOnExec,
    mode: 0,
    resolve: 0,
  });
writeFileSync(join(base, 'a'), 'content');
mkdirSync(join(base, 'sub'));
symlinkSync('a', join(base, 'link'));
const root = folder(join(base));
const below = folder(join(base, 'sub'));
after(() => {
  closeSync(root);
  closeSync(below);
  rmSync(base, { recursive: true });
});

const open = (directory: number, path: string, resolve: number): string => {
  const how = { flags: OPEN.readOnly | OPEN.closeOnExec, mode: 0, resolve };
  const descriptor = openat2(directory, path, how);
  try {
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
};

describe('openat2', () => {
  it('opens a name below a folder', () => {
    assert.equal(open(root, 'a', RESOLVE.beneath), 'content');
  });

  it('refuses each thing that its rules name, with the code of errno', () => {
    assert.equal(open(below, '../a', 0), 'content');
    assert.throws(() => open(below, '../a', RESOLVE.beneath), { code: 'EXDEV' });
    assert.throws(() => open(root, join(base, 'a'), RESOLVE.beneath), { code: 'EXDEV' });
    assert.equal(open(root, 'link', 0), 'content');
    assert.throws(() => open(root, 'link', RESOLVE.noSymlinks), { code: 'ELOOP' });
    const magic = `/proc/self/fd/${root}/a`;
    assert.equal(open(root, magic, 0), 'content');
    assert.throws(() => open(root, magic, RESOLVE.noMagicLinks), { code: 'ELOOP' });
    const mount = folder('/');
    assert.throws(() => open(mount, 'proc/version', RESOLVE.noMountCrossing), { code: 'EXDEV' });
    closeSync(mount);
    assert.throws(() => open(root, 'none', 0), { code: 'ENOENT' });
  });

  it('refuses a name with a NUL, which C would cut, and one that is no Unicode', () => {
    for (const name of ['a\0b', 'a\0', '\0', 'a\ud800'])
      assert.throws(() => open(root, name, 0), { code: 'EINVAL' });
  });
});

describe('renameWithin', () => {
  it('replaces only when it is told to', () => {
    writeFileSync(join(base, 'from'), 'new');
    writeFileSync(join(base, 'to'), 'old');
    assert.throws(() => renameWithin(root, 'from', 'to', { replace: false }), { code: 'EEXIST' });
    assert.equal(readFileSync(join(base, 'to'), 'utf8'), 'old');
    renameWithin(root, 'from', 'to', { replace: true });
    assert.equal(readFileSync(join(base, 'to'), 'utf8'), 'new');
    assert.throws(() => renameWithin(root, 'to\0x', 'y', { replace: true }), { code: 'EINVAL' });
  });
});

describe('unlinkat', () => {
  it('removes a file and never a folder', () => {
    writeFileSync(join(base, 'gone'), '');
    unlinkat(root, 'gone');
    assert.throws(() => unlinkat(root, 'gone'), { code: 'ENOENT' });
    assert.throws(() => unlinkat(root, 'sub'), { code: 'EISDIR' });
  });
});
