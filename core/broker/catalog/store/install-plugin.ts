import { AgentError, toAgentError } from '../../../vocabulary/errors.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';
import { installedSteps } from '../installed-steps.ts';
import type { PackageFiles, PluginPackage, TrustStore } from '../package/plugin-package.ts';
import { readVerdict } from '../package/read-verdict.ts';
import { assertNewer } from '../package/version-order.ts';
import { type Base, baseOf, judgeVersion } from './judge-version.ts';
import { shippedPlugins } from './live-catalog.ts';
import type { PackageFolder } from './package-folder.ts';
import type { PluginRecord } from './plugin-record.ts';
import type { PluginStoreDeps } from './plugin-store-deps.ts';
import { readInstalled, verdictsIn } from './read-installed.ts';
import { refuseShippedNames } from './refuse-conflict.ts';
import { transition } from './trust-transition.ts';

type Deps = Pick<PluginStoreDeps, 'shipped' | 'now'> & {
  readonly packages: Pick<PackageFolder, 'read'>;
};

export const PLUGIN_LIMITS = { plugins: 64, versions: 4 } as const;

/**
 * The record of a package that was opened, if it may be installed: quarantined where it widens anything over
 * the version that people know, else vetted. Nothing is written here.
 * @throws AgentError `plugin_conflict`, `version_not_newer`, `not_vetted`, `package_invalid`
 */
export const judgeInstallation = async (
  { manifest, digest, source }: PluginPackage,
  files: PackageFiles,
  records: readonly PluginRecord[],
  trust: TrustStore,
  deps: Deps,
): Promise<PluginRecord> => {
  const { id, version } = manifest;
  const { shipped, now } = deps;
  const entries = runnable(() => installedSteps(manifest, digest, source));
  refuseShippedNames(id, entries, shippedPlugins(shipped));
  const versions = records.filter((record) => record.id === id);
  const newest = versions.at(-1);
  if (newest === undefined) refuseOneTooMany(records);
  else assertNewer(version, newest.version);
  readVerdict(verdictsIn(files), digest, trust, now());

  const widening = judgeVersion(manifest, await measure(versions, trust, deps));
  return {
    id,
    version,
    digest,
    state: widening === null ? (transition('quarantined', 'vet') ?? 'quarantined') : 'quarantined',
    steps: namesOf(entries, 'step'),
    tools: namesOf(entries, 'tool'),
    difference: widening?.shown ?? null,
    differenceDigest: widening?.digest ?? null,
    reason: null,
  };
};

const measure = async (
  versions: readonly PluginRecord[],
  trust: TrustStore,
  deps: Deps,
): Promise<Base | 'none' | undefined> => {
  if (versions.length === 0) return undefined;
  const base = baseOf(versions);
  if (base === undefined) return 'none';
  try {
    // Held like one that is to run: who could write to its folder would set the measure.
    const { manifest } = await readInstalled(base, trust, deps);
    return { version: base.version, manifest };
  } catch {
    return 'none';
  }
};

// Its ids, as whoever has a thousand plugins cannot judge them; revoked ones run no more and do not count.
const refuseOneTooMany = (records: readonly PluginRecord[]): void => {
  const live = new Set(records.flatMap(({ id, state }) => (state === 'revoked' ? [] : [id])));
  if (live.size < PLUGIN_LIMITS.plugins) return;
  throw new AgentError({
    code: 'plugin_conflict',
    message: `${PLUGIN_LIMITS.plugins} plugins are installed, and no more may be`,
    remedy: 'revoke one that nobody needs',
  });
};

const namesOf = (entries: readonly InstalledStep[], of: InstalledStep['kind']): readonly string[] =>
  entries.flatMap(({ kind, entry }) => (kind === of ? [entry] : []));

const runnable = <Result>(read: () => Result): Result => {
  try {
    return read();
  } catch (thrown) {
    const { message } = toAgentError(thrown);
    throw new AgentError({ code: 'package_invalid', message, cause: thrown });
  }
};
