import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { withoutConstructors } from '../../core/linux/elf/without-constructors.ts';
import { compileC, compileLibrary, withoutCompiler } from '../harness/compile-library.ts';
import { ownedCellsReading, ownedScript, runOwned } from '../harness/run-owned.ts';

const onX64 = process.arch === 'x64' ? false : 'this processor has no second set of calls';

for (const call of ['read', 'openat', 'socket', 'execve', 'ptrace']) {
  test(`an x32 \`${call}\` ends the cell by SIGSYS`, { skip: onX64 }, async () => {
    const { lock, reports, signal } = await runOwned(ownedScript('x32', { call }));
    assert.deepEqual(lock?.layers.includes('seccomp'), true);
    assert.deepEqual(reports, []);
    assert.equal(signal, 'SIGSYS');
  });
}

// getpid by the 32-bit entry: harmless, and known to no 64-bit filter.
const ENTRY = `
int attack(void) {
  int answer;
  __asm__ volatile("int $0x80" : "=a"(answer) : "a"(20) : "memory");
  return answer;
}
`;
test('the 32-bit entry ends the cell', {
  skip: onX64 || withoutCompiler,
}, async (t) => {
  const probe = compileC(t, `${ENTRY}int main(void) { return attack() < 1; }`, []);
  const kernelHasIt = spawnSync(probe).status === 0;
  if (!kernelHasIt) t.diagnostic('kernel has none: the entry itself ends the process');

  const path = compileLibrary(t, ENTRY);
  writeFileSync(path, withoutConstructors(readFileSync(path), 'x64'));
  const cells = ownedCellsReading(dirname(path));
  t.after(() => cells.close());
  const { lock, ended, signal, said } = await runOwned(
    { kind: 'shared_object', text: path },
    { cells },
  );
  assert.equal(lock?.layers.includes('seccomp'), true, said);
  assert.equal(ended, undefined);
  assert.equal(signal, kernelHasIt ? 'SIGSYS' : 'SIGSEGV');
});
