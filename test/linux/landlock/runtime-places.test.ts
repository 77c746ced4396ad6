import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { elfInterpreter } from '../../../core/linux/landlock/elf-interpreter.ts';
import { runtimePlaces } from '../../../core/linux/landlock/runtime-places.ts';

const node = process.execPath;

test('the loader of this node is read from its binary, and is there', () => {
  const loader = elfInterpreter(node);
  assert.match(loader ?? '', /^\/lib.*\/ld-linux-.*\.so\.\d$/);
  assert.ok(existsSync(loader ?? ''));
});

test('what is no 64-bit binary has no loader, however it is cut', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'elf-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'binary');
  const head = Buffer.alloc(200);
  head.write('\x7fELF\x02\x01', 'latin1');
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(0xffff, 56);
  for (const bytes of ['', '#!/bin/sh\n', head.subarray(0, 6), head.subarray(0, 63), head]) {
    writeFileSync(path, bytes);
    assert.equal(elfInterpreter(path), undefined);
  }
  head.writeBigUInt64LE(0xffff_ffff_ffff_ffffn, 32);
  writeFileSync(path, head);
  assert.equal(elfInterpreter(path), undefined);
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(0, 54);
  writeFileSync(path, head);
  assert.equal(elfInterpreter(path), undefined);
});

test('each architecture has a loader where the binary names none', () => {
  const of = (arch: string, loader?: string) =>
    runtimePlaces({ node: '/n', loader, arch }).get('@loader');
  assert.deepEqual(of('x64', '/l'), ['/l']);
  assert.deepEqual(of('x64'), ['/lib64/ld-linux-x86-64.so.2']);
  assert.deepEqual(of('arm64'), ['/lib/ld-linux-aarch64.so.1']);
  assert.deepEqual(of('riscv64'), []);
});

test('nothing that a starting node may read is a whole tree of the system, or belongs to a person', () => {
  const wide =
    /^\/(?:etc|proc|sys|dev|usr|lib|usr\/lib|usr\/share)?\/?$|^\/(?:home|root|var|run|tmp)\//;
  for (const arch of ['x64', 'arm64'])
    for (const path of runtimePlaces({ node: '/n', loader: '/l', arch }).get('@runtime') ?? [])
      assert.doesNotMatch(path, wide);
});
