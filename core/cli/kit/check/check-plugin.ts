import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checkManifest } from '../../../broker/catalog/manifest/check-manifest.ts';
import { stepAction } from '../../../broker/catalog/step-action.ts';
import type { Finding, Manifest } from '../../../vocabulary/manifest.ts';
import {
  loadBuiltPlugin,
  MANIFEST_NAME,
  pluginPlaces,
  SCRIPT_NAME,
  sourceEntry,
} from '../built-plugin.ts';
import { type Hint, leastAuthorityHints } from './hints.ts';
import { packageNames } from './package-names.ts';

/** Everything that can be said of a plugin without running it. */
export interface PluginCheck {
  readonly manifest: string;
  readonly findings: readonly Finding[];
  readonly hints: readonly Hint[];
  /** Null where there is no script to look at, or the manifest is wrong. */
  readonly script: ScriptFacts | null;
}

interface ScriptFacts {
  readonly bytes: number;
  readonly modules: readonly string[];
  readonly packages: readonly string[];
}

/** One script of a package may have this much. */
const MOST_SCRIPT_BYTES = 1024 * 1024;

/**
 * Checks a folder, or a manifest alone.
 * @throws CommandFailure where a path cannot be read or the sources cannot be bundled
 */
export const checkPlugin = async (path: string): Promise<PluginCheck> => {
  const { folder, manifestFile } = pluginPlaces(path);
  const isAlone = !path.endsWith('/') && basename(path) === basename(manifestFile);
  const checked = checkManifest(await readFile(manifestFile, 'utf8'), basename(manifestFile));
  const manifest = manifestFile;
  if (!checked.ok) return { manifest, findings: checked.findings, hints: [], script: null };
  const nameless = stepsWithoutAction(checked.manifest);
  if (isAlone || !hasScript(folder)) {
    const hints = leastAuthorityHints(checked.manifest, undefined);
    return { manifest, findings: nameless, hints, script: null };
  }
  const { source, modules } = await loadBuiltPlugin(folder, 'check');
  const bytes = Buffer.byteLength(source);
  const tooLarge: readonly Finding[] =
    bytes <= MOST_SCRIPT_BYTES
      ? []
      : [
          {
            pointer: '',
            rule: 'script-size',
            problem: `\`${SCRIPT_NAME}\` has ${bytes} bytes, at most ${MOST_SCRIPT_BYTES} are allowed`,
            mend: 'import less: what a library does while it loads is paid in every run as well',
          },
        ];
  const findings = [...nameless, ...tooLarge];
  const script = { bytes, modules, packages: packageNames(modules) };
  return { manifest, findings, hints: leastAuthorityHints(checked.manifest, source), script };
};

/** Steps that no agent would install: what a step executes is said by its name. */
const stepsWithoutAction = ({ entries }: Manifest): readonly Finding[] =>
  [...entries.values()].flatMap(({ kind, name }) => {
    const found = stepAction(name);
    if (kind === 'tool' || found.ok) return [];
    const mend = 'name it after the action that it executes, or make it a tool';
    return [{ pointer: `/steps/${name}`, rule: 'step-action', problem: found.problem, mend }];
  });

const hasScript = (folder: string): boolean =>
  existsSync(join(folder, MANIFEST_NAME)) &&
  (sourceEntry(folder) !== undefined || existsSync(join(folder, SCRIPT_NAME)));
