import { AgentError } from '../../../vocabulary/errors.ts';
import type { InstalledStep, Manifest } from '../../../vocabulary/manifest.ts';
import { installedSteps } from '../installed-steps.ts';
import { openPackage } from '../package/open-package.ts';
import { kindOfPath } from '../package/package-path.ts';
import { parseEnvelope } from '../package/parse-envelope.ts';
import type { Envelope, PackageFiles, TrustStore } from '../package/plugin-package.ts';
import { readVerdict } from '../package/read-verdict.ts';
import type { PackageFolder } from './package-folder.ts';
import type { PluginRecord } from './plugin-record.ts';

/** An installed version whose bytes, signatures and verdict hold now. */
export interface HeldPlugin {
  readonly manifest: Manifest;
  readonly entries: readonly InstalledStep[];
}

interface ReadDeps {
  readonly packages: Pick<PackageFolder, 'read'>;
  readonly now: () => number;
}

/**
 * Reads an installed version again, whole. The disk may have been written by others since, a key revoked, a
 * signature expired: what was true at installation counts for nothing (attacks 143, 217).
 * @throws AgentError with the code of what no longer holds
 */
export const readInstalled = async (
  { id, version, digest }: PluginRecord,
  trust: TrustStore,
  { packages, now }: ReadDeps,
): Promise<HeldPlugin> => {
  const files = await packages.read(digest).catch((cause: unknown) => {
    const message = `the files of plugin \`${id}\` \`${version}\` cannot be read`;
    throw new AgentError({ code: 'package_tampered', message, cause });
  });
  const opened = openPackage(files, trust, now());
  if (opened.digest !== digest) {
    const message = `the files of plugin \`${id}\` \`${version}\` are another package`;
    throw new AgentError({ code: 'package_tampered', message });
  }
  readVerdict(verdictsIn(files), digest, trust, now());
  const { manifest, source } = opened;
  return { manifest, entries: installedSteps(manifest, digest, source) };
};

/** The verdicts that lie in a package. @throws AgentError `signature_invalid` for one that is none */
export const verdictsIn = (files: PackageFiles): readonly Envelope[] =>
  [...files].flatMap(([path, bytes]) =>
    kindOfPath(path) === 'verdict' ? [parseEnvelope(bytes, path)] : [],
  );

/**
 * A package with these verdicts in it as well, under names of our own. None takes the place of one that lies in it:
 * that one may say that the package failed (attack 147).
 */
export const withVerdicts = (
  files: PackageFiles,
  verdicts: readonly Uint8Array[],
): PackageFiles => {
  const all = new Map(files);
  let number = 0;
  for (const verdict of verdicts) {
    do number += 1;
    while (all.has(nameOf(number)));
    all.set(nameOf(number), verdict);
  }
  return all;
};

const nameOf = (number: number): string => `verdicts/installed-${number}.dsse.json`;
