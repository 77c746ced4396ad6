import { join } from 'node:path';
import { MODULE_FOLDERS, PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { elfInterpreter } from './elf-interpreter.ts';
import { runtimePlaces } from './runtime-places.ts';

/**
 * What `@node`, `@loader`, `@runtime` and `@program` stand for in this process: the packages that this one needs
 * belong to what Node reads; of the package itself each process has its own part.
 * @param program names below the package
 */
export const programPlaces = (
  program: readonly string[],
): ReadonlyMap<string, readonly string[]> => {
  const node = process.execPath;
  const runtime = runtimePlaces({ node, loader: elfInterpreter(node), arch: process.arch });
  return new Map([
    ...runtime,
    ['@runtime', [...(runtime.get('@runtime') ?? []), ...MODULE_FOLDERS]],
    ['@program', program.map((name) => join(PACKAGE_ROOT, name))],
  ]);
};
