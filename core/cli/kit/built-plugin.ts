import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseManifest } from '../../broker/catalog/parse-manifest.ts';
import type { Manifest } from '../../vocabulary/manifest.ts';
import { fromHere } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { demandBundler } from './author-kit.ts';
import { BundleFault, bundle } from './bundle.ts';

/** A plugin's folder as its author has it, with the one script that an isolate would run. */
export interface BuiltPlugin {
  readonly folder: string;
  readonly manifestFile: string;
  readonly manifestText: string;
  readonly manifest: Manifest;
  readonly source: string;
  /** The modules in the script, by their paths from the folder; empty where it was found built. */
  readonly modules: readonly string[];
}

export const MANIFEST_NAME = 'manifest.yaml';
export const SCRIPT_NAME = 'plugin.js';
const SOURCES = ['index.ts', 'index.js'];

/** The folder of a plugin, and its manifest, of a path that names either. @throws CommandFailure */
export const pluginPlaces = (
  path: string,
): { readonly folder: string; readonly manifestFile: string } => {
  const given = fromHere(path);
  if (!existsSync(given)) throw unreadable(`\`${path}\`: there is no such file or folder`);
  const folder = statSync(given).isDirectory() ? given : dirname(given);
  const manifestFile = folder === given ? join(folder, MANIFEST_NAME) : given;
  if (existsSync(manifestFile)) return { folder, manifestFile };
  throw unreadable(`\`${path}\`: no \`${MANIFEST_NAME}\` in it; \`plugin new\` makes one`);
};

/** The module that a bundle is made of, or undefined where there is only the script. */
export const sourceEntry = (folder: string): string | undefined =>
  SOURCES.find((name) => existsSync(join(folder, name)));

/**
 * Reads a plugin and makes its script in memory. Where there are sources, a script beside them is not used: it may
 * be an older one, and what was tested would be something else.
 * @param command the subcommand that says so where the author kit is missing
 * @throws CommandFailure, and AgentError `manifest`
 */
export const loadBuiltPlugin = async (path: string, command = 'test'): Promise<BuiltPlugin> => {
  const { folder, manifestFile } = pluginPlaces(path);
  const manifestText = await readFile(manifestFile, 'utf8');
  const manifest = parseManifest(manifestText, basename(manifestFile));
  const { source, modules } = await scriptOf(folder, command);
  return Object.freeze({ folder, manifestFile, manifestText, manifest, source, modules });
};

const scriptOf = async (
  folder: string,
  command: string,
): Promise<Pick<BuiltPlugin, 'source' | 'modules'>> => {
  const entry = sourceEntry(folder);
  const script = join(folder, SCRIPT_NAME);
  if (entry === undefined) {
    if (!existsSync(script)) {
      const names = [...SOURCES, SCRIPT_NAME].map((name) => `\`${name}\``).join(', ');
      throw unreadable(`\`${folder}\`: none of ${names} is in it`);
    }
    return { source: await readFile(script, 'utf8'), modules: [] };
  }
  const made = await bundle(await demandBundler(command), {
    folder,
    entry,
    outfile: SCRIPT_NAME,
  }).catch((thrown: unknown) => {
    if (!(thrown instanceof BundleFault)) throw thrown;
    throw new CommandFailure(
      EXIT.failed,
      `\`${entry}\` cannot be bundled for an isolate, which has no files, no network and no modules of node:\n${thrown.message}`,
    );
  });
  return { source: Buffer.from(made.contents).toString('utf8'), modules: made.modules };
};

const unreadable = (message: string): CommandFailure =>
  new CommandFailure(EXIT.unreachable, message);
