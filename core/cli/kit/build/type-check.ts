import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../../../vocabulary/manifest.ts';
import { PACKAGE_ROOT } from '../../../vocabulary/package-root.ts';
import { demandCompiler } from '../author-kit.ts';
import { TYPES_NAME } from '../types/types-file.ts';

/** The globals of an isolate, in place of a browser's or of Node's. */
export const GLOBALS_FILE = 'plugins/globals/guest-globals.d.ts';

/** How plugins are checked; a template's tsconfig.json says the same to an editor. */
export const PLUGIN_COMPILER_OPTIONS = {
  target: 'es2024',
  lib: ['es2024'],
  types: [],
  module: 'preserve',
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  noEmit: true,
} as const;

/**
 * Checks a plugin's module against the types of its manifest: what it exports must fit, whatever it says of itself.
 * @returns the compiler's complaints, one a line; none where all is well
 */
export const typeCheck = async (
  folder: string,
  entry: string,
  manifest: Manifest,
  command: string,
): Promise<readonly string[]> => {
  const compiler = await demandCompiler(command);
  const place = await realpath(await mkdtemp(join(tmpdir(), 'secai-types-')));
  try {
    const source = await realpath(folder);
    const kinds = new Set([...manifest.entries.values()].map(({ kind }) => kind));
    const fits = [...kinds].map((kind) => {
      const type = kind === 'step' ? 'Steps' : 'Tools';
      return `import { ${kind}s } from '${source}/${entry}';
import type { ${type} } from '${source}/${TYPES_NAME}';
export const checked${type}: ${type} = ${kind}s;`;
    });
    await writeFile(join(place, 'fits.ts'), `${fits.join('\n')}\n`);
    const files = ['fits.ts', join(PACKAGE_ROOT, GLOBALS_FILE)];
    const config = { compilerOptions: PLUGIN_COMPILER_OPTIONS, files };
    await writeFile(join(place, 'tsconfig.json'), JSON.stringify(config));
    return await complaints(compiler, place);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
};

const complaints = async (compiler: string, place: string): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [compiler, '--pretty', 'false', '-p', place], {
    cwd: place,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = await once(child, 'close');
  const lines = Buffer.concat(said).toString('utf8').trim().split('\n');
  if (code === 0) return [];
  return lines.some((line) => line !== '') ? lines : [`the compiler ended with ${String(code)}`];
};
