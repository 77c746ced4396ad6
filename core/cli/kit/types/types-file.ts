import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseManifest } from '../../../broker/catalog/parse-manifest.ts';
import type { Manifest } from '../../../vocabulary/manifest.ts';
import { demandTypeWriter } from '../author-kit.ts';
import { pluginPlaces } from '../built-plugin.ts';
import { typesText } from './types-text.ts';

export const TYPES_NAME = 'types.d.ts';

export interface TypesFile {
  readonly file: string;
  /** What the manifest gives now. */
  readonly text: string;
  /** False where what lies there is another text, or nothing. */
  readonly fresh: boolean;
}

/** The types of a plugin's folder or manifest, and whether those that lie beside it are the same. */
export const readTypes = async (path: string, command: string): Promise<TypesFile> => {
  const { folder, manifestFile } = pluginPlaces(path);
  const manifest = parseManifest(await readFile(manifestFile, 'utf8'), basename(manifestFile));
  return typesOf(folder, manifest, command);
};

export const typesOf = async (
  folder: string,
  manifest: Manifest,
  command: string,
): Promise<TypesFile> => {
  const file = join(folder, TYPES_NAME);
  const text = await typesText(manifest, await demandTypeWriter(command));
  const fresh = existsSync(file) && (await readFile(file, 'utf8')) === text;
  return { file, text, fresh };
};

export const writeTypes = ({ file, text }: TypesFile): Promise<void> => writeFile(file, text);
