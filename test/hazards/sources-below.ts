import { globSync } from 'node:fs';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

/** Paths of the TypeScript files below a folder of the package, from its root on. */
export const sourcesBelow = (folder: string): readonly string[] =>
  globSync(`${folder}/**/*.ts`, { cwd: PACKAGE_ROOT }).sort();
