import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseManifest } from '../../../broker/catalog/parse-manifest.ts';
import { PACKAGE_ROOT } from '../../../vocabulary/package-root.ts';
import { fromHere } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';
import { demandAuthorKit } from '../author-kit.ts';
import { GLOBALS_FILE, PLUGIN_COMPILER_OPTIONS } from '../build/type-check.ts';
import { MANIFEST_NAME } from '../built-plugin.ts';
import { TYPES_NAME, typesOf } from '../types/types-file.ts';
import { templateTexts } from './template-texts.ts';

export interface NewPlugin {
  readonly id: string;
  readonly folder: string;
  readonly files: readonly string[];
}

const GLOBALS_NAME = 'globals.d.ts';
const ID = /^[a-z][a-z0-9-]{0,47}$/;

/**
 * Writes the template of a plugin with one tool, its types and cases that pass.
 * @throws CommandFailure for an id that is none and a folder that holds something; then nothing is written
 */
export const newPlugin = async (path: string, idGiven?: string): Promise<NewPlugin> => {
  await demandAuthorKit('new');
  const folder = fromHere(path);
  const id = idGiven ?? basename(folder);
  if (!ID.test(id)) {
    throw new CommandFailure(
      EXIT.usage,
      `\`${id}\` is no plugin id: a small letter, then small letters, digits and \`-\`, at most 48; choose one with --id`,
    );
  }
  await demandEmpty(folder, path);
  const texts = templateTexts(id);
  const manifest = parseManifest(texts[MANIFEST_NAME] ?? '', MANIFEST_NAME);
  const { text: types } = await typesOf(folder, manifest, 'new');
  const config = { compilerOptions: PLUGIN_COMPILER_OPTIONS, include: ['*.ts'] };
  const files = {
    ...texts,
    [TYPES_NAME]: types,
    [GLOBALS_NAME]: readFileSync(join(PACKAGE_ROOT, GLOBALS_FILE), 'utf8'),
    'tsconfig.json': `${JSON.stringify(config, null, 2)}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text, { flag: 'wx' });
  }
  return { id, folder, files: Object.keys(files) };
};

const demandEmpty = async (folder: string, path: string): Promise<void> => {
  if (!existsSync(folder)) return;
  if (!(await stat(folder)).isDirectory()) {
    throw new CommandFailure(EXIT.failed, `\`${path}\` is a file; name a new or an empty folder`);
  }
  if ((await readdir(folder)).length > 0) {
    throw new CommandFailure(
      EXIT.failed,
      `\`${path}\` is not empty; name a new or an empty folder`,
    );
  }
};
