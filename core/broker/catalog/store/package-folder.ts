import { join } from 'node:path';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { RandomBytes, Sha256Hex } from '../../../vocabulary/ids.ts';
import type { PackageFilePowers } from '../package/package-file-powers.ts';
import { kindOfPath } from '../package/package-path.ts';
import type { PackageFiles } from '../package/plugin-package.ts';
import { readPackageFolder } from '../package/read-package-folder.ts';
import type { PluginFilePowers } from './plugin-file-powers.ts';

/** The bytes of installed packages, one folder for each digest. */
export interface PackageFolder {
  /** @throws AgentError `store_unavailable` where the folder is a link or no folder */
  keep(digest: Sha256Hex, files: PackageFiles): Promise<void>;
  /** What lies there now; nothing about it is known. @throws where a file is gone, too large or no file */
  read(digest: Sha256Hex): Promise<PackageFiles>;
  /** Removes all but these; answers how many. @throws AgentError `store_unavailable`, as `keep()` does */
  keepOnly(digests: ReadonlySet<string>): Promise<number>;
}

interface PackageFolderDeps {
  readonly folder: string;
  readonly files: PluginFilePowers;
  readonly packageFiles: Pick<PackageFilePowers, 'listFolder' | 'readFile'>;
  readonly random: RandomBytes;
}

/** Far more than there are packages; what is beyond is swept up another time. */
const MOST_PACKAGES = 65_536;

/**
 * A package lies in `packages/<digest>/`, as it was installed. It is written under another name and renamed
 * when it is whole, so a digest names all of it or nothing; what a crash leaves is swept up.
 */
export const makePackageFolder = ({
  folder,
  files,
  packageFiles,
  random,
}: PackageFolderDeps): PackageFolder => {
  const root = join(folder, 'packages');

  // Whoever can write into the folder of plugins while the agent is down may put a link here. What is no known
  // package is removed, and through a link that would be the agent's own log and tasks, so none is followed
  // (attacks 98, 143).
  const namesIn = async (most: number): Promise<readonly string[]> => {
    const reading = await packageFiles.listFolder(root, most);
    switch (reading.kind) {
      case 'absent':
        return [];
      case 'open':
        return reading.entries.map(({ name }) => name);
      case 'unreadable':
        throw new AgentError({
          code: 'store_unavailable',
          message: `the folder of the installed packages cannot be used: ${reading.reason}`,
          remedy: 'make `packages` in AGENT_PLUGIN_DIR a folder of the agent, and start again',
        });
    }
  };

  return Object.freeze<PackageFolder>({
    keep: async (digest, content) => {
      await namesIn(0);
      const unfinished = join(root, `new-${Buffer.from(random(8)).toString('hex')}`);
      for (const [path, bytes] of content) {
        const segments = segmentsOf(path);
        await files.makeFolder(join(unfinished, ...segments.slice(0, -1)));
        await files.write(join(unfinished, ...segments), bytes);
      }
      await files.remove(join(root, digest));
      await files.rename(unfinished, join(root, digest));
    },
    read: (digest) => readPackageFolder(join(root, digest), packageFiles),
    keepOnly: async (digests) => {
      const stray = (await namesIn(MOST_PACKAGES)).filter((name) => !digests.has(name));
      for (const name of stray) await files.remove(join(root, name));
      return stray.length;
    },
  });
};

// A package was opened before it comes here, which refuses such paths; nothing is written outside all the same.
const segmentsOf = (path: string): readonly string[] => {
  if (kindOfPath(path) !== undefined) return path.split('/');
  throw new Error('a path that leads out of the package');
};
