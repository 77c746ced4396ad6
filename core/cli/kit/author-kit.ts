import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import type { Bundler } from './bundle.ts';
import type { TypeWriter } from './types/entry-types.ts';

/** The packages that write, check and bundle plugins. The agent itself runs without them. */
const AUTHOR_KIT = ['esbuild', 'json-schema-to-typescript', 'typescript'] as const;
type AuthorTool = (typeof AUTHOR_KIT)[number];

/** @throws CommandFailure saying what to install, where the author kit is not there */
export const demandBundler = (command: string): Promise<Bundler> =>
  demand(command, 'esbuild', () => import('esbuild'));

export const demandTypeWriter = (command: string): Promise<TypeWriter> =>
  demand(command, 'json-schema-to-typescript', () => import('json-schema-to-typescript'));

/** The path of the compiler's program, which runs as a process of its own. */
export const demandCompiler = (command: string): Promise<string> =>
  demand(command, 'typescript', async () => {
    const entry = import.meta.resolve('typescript/package.json');
    const file = new URL('bin/tsc', entry);
    readFileSync(new URL(entry));
    return file.pathname;
  });

/** True where the bundler is installed: what needs it only for sources asks first. */
export const demandAuthorKit = async (command: string): Promise<void> => {
  await demandBundler(command);
  await demandTypeWriter(command);
  await demandCompiler(command);
};

const demand = async <Tool>(
  command: string,
  tool: AuthorTool,
  load: () => Promise<Tool>,
): Promise<Tool> => {
  try {
    return await load();
  } catch (thrown) {
    if (isMissing(thrown)) throw absent(command, tool);
    throw thrown;
  }
};

const isMissing = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'code' in thrown &&
  (thrown.code === 'ERR_MODULE_NOT_FOUND' || thrown.code === 'ENOENT');

const absent = (command: string, tool: AuthorTool): CommandFailure => {
  const packages = AUTHOR_KIT.map((name) => `${name}@${versionOf(name)}`).join(' ');
  return new CommandFailure(
    EXIT.kitAbsent,
    `\`plugin ${command}\` needs the author kit, and \`${tool}\` is not installed\n` +
      `install it in the folder of this program: npm install --no-save --ignore-scripts ${packages}`,
    { error: 'the author kit is not installed', missing: tool, install: packages.split(' ') },
  );
};

const versionOf = (tool: AuthorTool): string => {
  const { devDependencies = {} }: { devDependencies?: Partial<Record<string, string>> } =
    JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'));
  return devDependencies[tool] ?? 'latest';
};
