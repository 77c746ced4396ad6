import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { CellSource } from '../../core/broker/main/cell-source.ts';
import { withoutConstructors } from '../../core/linux/elf/without-constructors.ts';
import { KERNEL_LAYERS } from '../../core/protocol/messages.ts';
import { compileLibrary, withoutCompiler } from '../harness/compile-library.ts';
import { ownedCells, ownedCellsReading, runOwned } from '../harness/run-owned.ts';

const ARCHITECTURE = process.arch === 'arm64' ? 'arm64' : 'x64';
const script = (text: string) => runOwned({ kind: 'script', text });

test('an owned cell runs its script after the lock, with every system call in hand', async () => {
  const run = await script(`
    report(JSON.stringify(syscall(numbers.get('getpid'))));
    report(JSON.stringify(syscall(numbers.get('openat'), -100, '/etc/hostname', 0)));
    return await onThread("return JSON.stringify(syscall(numbers.get('getuid')));");
  `);
  assert.deepEqual(run.lock?.layers, [...KERNEL_LAYERS]);
  assert.deepEqual(run.reports, [
    JSON.stringify({ value: run.pid, errno: null }),
    JSON.stringify({ value: -1, errno: 'EPERM' }),
  ]);
  assert.equal(run.ended, `returned ${JSON.stringify({ value: -1, errno: 'EPERM' })}`);
  assert.equal(run.signal, 'SIGKILL');
});

test('a script that throws, or is no script, ends its cell and says so', async () => {
  assert.equal((await script("throw new Error('no')")).ended, 'threw Error: no');
  assert.match(String((await script('this is no script')).ended), /^threw SyntaxError/);
});

test('an owned cell without an attack does not lock and does not stay', async () => {
  const cell = await ownedCells().launch('standard');
  cell.channel.end();
  const { code, said } = await cell.exited;
  assert.equal(code, 1);
  assert.match(String(said), /"layer":"load"/);
});

const skip = withoutCompiler;
const OPEN = `
#include <fcntl.h>
int attack(void) { return open("/etc/hostname", O_RDONLY); }
`;
const reading = (t: TestContext, path: string): CellSource => {
  const cells = ownedCellsReading(dirname(path));
  t.after(() => cells.close());
  return cells;
};

test('a library runs after the lock, and its result and errno are told', { skip }, async (t) => {
  const path = compileLibrary(t, OPEN);
  writeFileSync(path, withoutConstructors(readFileSync(path), ARCHITECTURE));
  const run = await runOwned({ kind: 'shared_object', text: path }, { cells: reading(t, path) });
  assert.equal(run.ended, 'returned -1 EPERM', run.said);
});

test('a library of which code would run before the lock is not loaded', { skip }, async (t) => {
  const path = compileLibrary(t, OPEN);
  const run = await runOwned({ kind: 'shared_object', text: path }, { cells: reading(t, path) });
  assert.equal(run.lock, undefined);
  assert.equal(run.code, 1);
  assert.match(run.said, /constructors/);
});
