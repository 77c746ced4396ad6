import { AgentError } from '../../../vocabulary/errors.ts';
import { packageDigest } from '../package/package-digest.ts';
import { MANIFEST_FILE } from '../package/package-path.ts';
import { packageText } from '../package/package-text.ts';
import type { PackageFolder } from './package-folder.ts';
import { pluginNotFound, recordFacts } from './plugin-facts.ts';
import type { PluginRecord } from './plugin-record.ts';
import type { ShownPlugin } from './plugin-store.ts';

/**
 * The manifest of one installed version, to be read by a person: also of one that may not run, or may not any more.
 * What is shown is what was installed: other bytes under its digest are shown to nobody (attack 217).
 * @throws AgentError `plugin_not_found`, `package_tampered`
 */
export const installedManifest = async (
  { id, version }: Pick<PluginRecord, 'version'> & { readonly id: string },
  records: readonly PluginRecord[],
  packages: Pick<PackageFolder, 'read'>,
): Promise<ShownPlugin> => {
  const record = records.find((other) => other.id === id && other.version === version);
  if (record === undefined) throw pluginNotFound();
  const files = await packages.read(record.digest).catch((cause: unknown) => {
    throw tampered(record, 'cannot be read', cause);
  });
  if (packageDigest(files) !== record.digest) throw tampered(record, 'are another package');
  return { ...recordFacts(record), manifest: packageText(files, MANIFEST_FILE) };
};

const tampered = ({ id, version }: PluginRecord, what: string, cause?: unknown): AgentError =>
  new AgentError({
    code: 'package_tampered',
    message: `the files of plugin \`${id}\` \`${version}\` ${what}`,
    cause,
  });
