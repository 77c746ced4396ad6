import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { cleanEnvironment } from './clean-environment.ts';
import type { Defence } from './defence.ts';
import { runTestFile, type TestEnd } from './run-test-file.ts';

/** A copy of this tree, built, in which one defence at a time is missing. */
export interface TreeCopy {
  /** @throws Error when the patch does not apply, or when what it leaves does not compile */
  remove(defence: Defence): Promise<void>;
  putBack(defence: Defence): Promise<void>;
  /** Runs `test/….test.ts`, as compiled in the copy. */
  run(test: string, mostMs: number): Promise<TestEnd>;
  delete(): Promise<void>;
}

const NOT_COPIED: ReadonlySet<string> = new Set(['.git', 'node_modules']);
// What only the removed lines used is unused now; that is no fault of the patch.
const LENIENT = ['--noUnusedLocals', 'false', '--noUnusedParameters', 'false', '--incremental'];
const GIT_APPLY = ['apply', '--whitespace=nowarn'];

export const copyTree = async (): Promise<TreeCopy> => {
  const root = await mkdtemp(join(await realpath(tmpdir()), 'secai-defences-'));
  await cp(PACKAGE_ROOT, root, {
    recursive: true,
    filter: (path) => !NOT_COPIED.has(relative(PACKAGE_ROOT, path)),
  });
  // Cells of an agent that root started are ordinary users, and load from here.
  await chmod(root, 0o755);
  const packages = join(root, 'node_modules');
  await symlink(await realpath(join(PACKAGE_ROOT, 'node_modules')), packages);

  const run = async (file: string, parts: readonly string[]): Promise<void> => {
    await promisify(execFile)(file, parts, { cwd: root, env: cleanEnvironment() });
  };
  const compile = async (project: string): Promise<void> => {
    const info = ['--tsBuildInfoFile', `.${project.replace('/', '-')}.tsbuildinfo`];
    const parts = [join(packages, 'typescript/bin/tsc'), '-p', project, ...LENIENT, ...info];
    await run(process.execPath, parts);
  };
  const build = async (): Promise<void> => {
    await compile('tsconfig.json');
    await compile('core/guest');
  };
  const putBack = (patchFile: string): Promise<void> =>
    run('git', [...GIT_APPLY, '--reverse', patchFile]);
  await build();

  return Object.freeze<TreeCopy>({
    remove: async ({ patchFile }) => {
      await run('git', [...GIT_APPLY, patchFile]).catch((cause: unknown) => {
        throw new Error('the defence moved: renew the patch', { cause });
      });
      await build().catch(async (cause: unknown) => {
        await putBack(patchFile);
        throw new Error('what the patch leaves does not compile', { cause });
      });
    },
    putBack: ({ patchFile }) => putBack(patchFile),
    run: (test, mostMs) =>
      runTestFile(join(root, 'dist', test.replace(/\.ts$/, '.js')), root, mostMs),
    delete: () => rm(root, { recursive: true, force: true }),
  });
};
