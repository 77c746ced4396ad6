import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

/** The program's own sources and what each of them imports, read as text. */
export interface SourceFile {
  /** Path from the package root, `/` between segments. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path from the package root for our own files, else the name of the module. */
  readonly target: string;
  readonly own: boolean;
  /** False for `import type`: erased before anything runs. */
  readonly runs: boolean;
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

const importsOf = (path: string, text: string): readonly Import[] =>
  [...text.matchAll(IMPORT)].map(([, type, from, dynamic]) => {
    const specifier = from ?? dynamic ?? '';
    const own = specifier.startsWith('.');
    const target = own ? normalize(join(dirname(path), specifier)) : specifier;
    return { target, own, runs: type === undefined };
  });

export const sourceFiles = (...patterns: readonly string[]): readonly SourceFile[] =>
  patterns
    .flatMap((pattern) => globSync(pattern, { cwd: PACKAGE_ROOT }))
    .filter((path) => !path.includes('node_modules'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(PACKAGE_ROOT, path), 'utf8');
      return { path, lines: text.split('\n').length - 1, imports: importsOf(path, text) };
    });

/** Everything that loads when `entry` runs: our files and the packages they name. */
export const loadedBy = (files: readonly SourceFile[], entry: string): ReadonlySet<string> => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { target, runs } of byPath.get(path)?.imports ?? []) if (runs) visit(target);
  };
  visit(entry);
  return seen;
};
