import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { withoutConstructors } from '../../core/linux/elf/without-constructors.ts';
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
const hasCompiler = spawnSync('gcc', ['--version']).status === 0;

/** A folder that everybody may read, with this program compiled in it. */
const compiled = (t: TestContext, source: string, flags: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-entry-'));
  t.after(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'attack.c'), source);
  execFileSync('gcc', [...flags, '-o', 'attack', 'attack.c'], { cwd: folder });
  return folder;
};

test('the 32-bit entry ends the cell', {
  skip: onX64 || (hasCompiler ? false : 'no gcc to compile the call with'),
}, async (t) => {
  const probe = compiled(t, `${ENTRY}int main(void) { return attack() < 1; }`, []);
  const kernelHasIt = spawnSync(join(probe, 'attack')).status === 0;
  if (!kernelHasIt) t.diagnostic('kernel has none: the entry itself ends the process');

  const folder = compiled(t, ENTRY, ['-shared', '-fPIC']);
  const path = join(folder, 'attack');
  writeFileSync(path, withoutConstructors(readFileSync(path), 'x64'));
  const cells = ownedCellsReading(folder);
  t.after(() => cells.close());
  const { lock, ended, signal, said } = await runOwned(
    { kind: 'shared_object', text: path },
    { cells },
  );
  assert.equal(lock?.layers.includes('seccomp'), true, said);
  assert.equal(ended, undefined);
  assert.equal(signal, kernelHasIt ? 'SIGSYS' : 'SIGSEGV');
});
