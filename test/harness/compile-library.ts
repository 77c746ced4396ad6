import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** False where a C compiler is, else why a test that needs one is left out. */
export const withoutCompiler: string | false =
  spawnSync('gcc', ['--version']).status === 0 ? false : 'no gcc to compile the attack with';

/** The path of what gcc makes of this source, in a folder that everybody may read. */
export const compileC = (t: TestContext, source: string, flags: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-compiled-'));
  t.after(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'attack.c'), source);
  execFileSync('gcc', [...flags, '-o', 'attack.so', 'attack.c'], { cwd: folder });
  return join(folder, 'attack.so');
};

/** The same as a library. */
export const compileLibrary = (
  t: TestContext,
  source: string,
  flags: readonly string[] = [],
): string => compileC(t, source, ['-shared', '-fPIC', ...flags]);
