import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';
import { loadBuiltPlugin, MANIFEST_NAME, SCRIPT_NAME, sourceEntry } from '../built-plugin.ts';
import { typesOf } from '../types/types-file.ts';
import { typeCheck } from './type-check.ts';

export interface BuiltFolder {
  readonly out: string;
  readonly id: string;
  readonly version: string;
  readonly bytes: number;
  readonly modules: readonly string[];
}

/** What a package may hold; a folder with anything else is no folder of ours to write into. */
const README_NAME = 'README.md';
const DOCS_NAME = 'docs';
const MADE = [MANIFEST_NAME, SCRIPT_NAME, README_NAME, DOCS_NAME];

/**
 * Checks the types, makes the script and lays out the folder that `plugin pack` takes.
 * @throws CommandFailure naming what does not fit
 */
export const buildPlugin = async (path: string, outGiven?: string): Promise<BuiltFolder> => {
  const plugin = await loadBuiltPlugin(path, 'build');
  const { folder, manifest, manifestText, source, modules } = plugin;
  const entry = sourceEntry(folder);
  if (entry?.endsWith('.ts')) {
    const types = await typesOf(folder, manifest, 'build');
    if (!types.fresh) {
      throw new CommandFailure(
        EXIT.failed,
        `\`${types.file}\` differs from the manifest; run: secai-agent plugin types ${path}`,
      );
    }
    const wrong = await typeCheck(folder, entry, manifest, 'build');
    if (wrong.length > 0) {
      throw new CommandFailure(
        EXIT.failed,
        `the module does not fit the manifest:\n${wrong.join('\n')}`,
      );
    }
  }
  const out = outGiven ?? join(folder, 'build');
  await demandOwnFolder(out);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, MANIFEST_NAME), manifestText);
  await writeFile(join(out, SCRIPT_NAME), source);
  for (const name of [README_NAME, DOCS_NAME]) {
    if (existsSync(join(folder, name)) && folder !== out) {
      await cp(join(folder, name), join(out, name), { recursive: true });
    }
  }
  return {
    out,
    id: manifest.id,
    version: manifest.version,
    bytes: Buffer.byteLength(source),
    modules,
  };
};

// What an earlier build left is replaced whole; anything else stays, and the build does not begin.
const demandOwnFolder = async (out: string): Promise<void> => {
  if (!existsSync(out)) return;
  const there = await readdir(out);
  const foreign = there.find((name) => !MADE.includes(name));
  if (foreign !== undefined) {
    throw new CommandFailure(
      EXIT.failed,
      `\`${out}\` holds \`${foreign}\`, which no build made; choose another folder with --out`,
    );
  }
  for (const name of there) await rm(join(out, name), { recursive: true, force: true });
};
