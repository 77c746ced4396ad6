import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkManifest, type ManifestCheck } from '../../broker/catalog/manifest/check-manifest.ts';
import { MOST_MANIFEST_BYTES } from '../../broker/catalog/manifest/read-document.ts';
import { parsePluginId } from '../../vocabulary/ids.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { Finding, Manifest } from '../../vocabulary/manifest.ts';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { fromHere } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { counted } from '../shown-text.ts';
import type { AskInstalled } from './installed-manifest.ts';

/** The names that a manifest may have in its folder. */
const NAMES = ['manifest.yaml', 'manifest.json'];

/** A manifest that a user named, and what the agent says of it where it is that of an installed version. */
export interface NamedManifest {
  readonly manifest: Manifest;
  readonly installed: JsonObject | null;
}

/**
 * The manifest that a user names: the id of a plugin that comes with the program, a manifest file, the folder of a
 * plugin or package, or an installed plugin as `ID` or `ID@VERSION`. A file or folder of that name comes first.
 * @throws CommandFailure where there is none, or with everything that is wrong with it
 */
export const readManifest = async (named: string, ask: AskInstalled): Promise<NamedManifest> => {
  const file = await manifestFile(named);
  if (file !== undefined) return { manifest: checked(await readText(file), file), installed: null };
  const [id = '', version, ...more] = named.split('@');
  const isName = parsePluginId(id) !== undefined && more.length === 0;
  const found = isName ? await ask(id, version) : undefined;
  if (found === undefined) {
    throw unreadable(
      `no plugin \`${named}\`: name a shipped one, a manifest or its folder; an installed one, as ID or ID@VERSION, is told with --operator-token-file`,
    );
  }
  return { manifest: checked(found.text, `${named}/manifest.yaml`), installed: found.facts };
};

const checked = (text: string, file: string): Manifest => {
  const check = checkManifest(text, file);
  if (check.ok) return check.manifest;
  throw refusalOf(file, check);
};

const manifestFile = async (named: string): Promise<string | undefined> => {
  const shipped = join(PACKAGE_ROOT, 'dist', 'plugins', named, 'manifest.yaml');
  if (parsePluginId(named) !== undefined && (await kindAt(shipped)) === 'file') return shipped;
  const path = fromHere(named);
  const kind = await kindAt(path);
  if (kind === 'file') return path;
  if (kind === undefined) return undefined;
  const found: string[] = [];
  for (const name of NAMES) {
    if ((await kindAt(join(path, name))) === 'file') found.push(join(path, name));
  }
  const [file, other] = found;
  if (file === undefined) {
    throw unreadable(`\`${path}\` has no manifest; write \`manifest.yaml\` into it`);
  }
  // Two readers of such a folder could mean two different plugins (attack 141).
  if (other !== undefined) throw unreadable(`\`${path}\` has two manifests; remove one of them`);
  return file;
};

const kindAt = async (path: string): Promise<'file' | 'folder' | undefined> => {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return 'folder';
    return facts.isFile() ? 'file' : undefined;
  } catch {
    return undefined;
  }
};

const readText = async (file: string): Promise<string> => {
  if ((await stat(file)).size > MOST_MANIFEST_BYTES) {
    throw unreadable(`\`${file}\` is larger than the ${MOST_MANIFEST_BYTES} bytes of a manifest`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch {
    throw unreadable(`\`${file}\` cannot be read as UTF-8 text; save it as that`);
  }
};

const unreadable = (message: string): CommandFailure =>
  new CommandFailure(EXIT.unreachable, message);

const refusalOf = (
  file: string,
  { findings }: Extract<ManifestCheck, { ok: false }>,
): CommandFailure => {
  const error = `${counted(findings.length, 'finding')} in \`${file}\``;
  const lines = findings.map((finding) => findingLine(file, finding));
  return new CommandFailure(EXIT.refused, [error, ...lines].join('\n'), {
    error,
    code: 'manifest',
    findings: findings.map((finding) => ({ ...finding })),
  });
};

/** One finding as a line: where, what, and how to mend it. */
const findingLine = (
  file: string,
  { line = 1, column = 1, rule, problem, mend }: Finding,
): string => `${file}:${line}:${column}: ${problem} (${rule}); ${mend}`;
