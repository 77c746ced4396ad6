import { basename, join } from 'node:path';
import { digestOf, equalSecrets, sha256 } from '../../vocabulary/digest.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { InstalledStep } from '../../vocabulary/manifest.ts';
import { installedSteps } from './installed-steps.ts';
import { parseManifest } from './parse-manifest.ts';
import reviewed from './shipped-digests.json' with { type: 'json' };

/** The two digests of a shipped plugin, SHA-256 as hex. */
export interface ShippedDigests {
  readonly manifest: string;
  readonly bundle: string;
}

export interface CatalogPowers {
  readonly readFile: (path: string) => Promise<Uint8Array>;
}

interface CatalogDeps extends CatalogPowers {
  readonly packageRoot: string;
  /** The program's own list, but for tests of the refusals. */
  readonly digests?: Readonly<Record<string, ShippedDigests>>;
}

/**
 * The steps and tools of the plugins that come with the program.
 * @throws AgentError `manifest` for a file that is missing or differs in one byte, and for an action
 * that is unknown
 */
export const loadShipped = async ({
  readFile,
  packageRoot,
  digests = reviewed,
}: CatalogDeps): Promise<readonly InstalledStep[]> => {
  // Whoever can write to the folder of the bundles controls their bytes, but not the list: it is a module
  // of the program, under review, and the only source of names. What it does not name is never opened;
  // what it names is read once, and the bytes that were hashed are the bytes that run (attack 143).
  const installed: InstalledStep[] = [];
  for (const [id, expected] of Object.entries(digests)) {
    const read = (name: string, digest: string): Promise<Uint8Array> =>
      readExactly(readFile, { path: join(packageRoot, 'dist', 'plugins', id, name), id, digest });
    const manifestBytes = await read('manifest.yaml', expected.manifest);
    const bundleBytes = await read('plugin.js', expected.bundle);
    const manifest = parseManifest(decode(manifestBytes), `plugins/${id}/manifest.yaml`);
    if (manifest.id !== id) throw refusal(`plugin \`${manifest.id}\` lies where \`${id}\` belongs`);

    const pluginDigest = digestOf({ id, manifest: expected.manifest, bundle: expected.bundle });
    const source = decode(bundleBytes);
    installed.push(...installedSteps(manifest, pluginDigest, source));
  }
  return installed;
};

const readExactly = async (
  readFile: CatalogPowers['readFile'],
  { path, id, digest }: { readonly path: string; readonly id: string; readonly digest: string },
): Promise<Uint8Array> => {
  const file = `file \`${basename(path)}\` of plugin \`${id}\``;
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw refusal(`${file} cannot be read`, cause);
  });
  if (equalSecrets(sha256(bytes), digest)) return bytes;
  throw refusal(`${file} differs from the program's list of digests`);
};

const decode = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(bytes);

const refusal = (message: string, cause?: unknown): AgentError =>
  new AgentError({ code: 'manifest', message, remedy: 'build the program again', cause });
