import { join } from 'node:path';
import type { RandomBytes, Sha256Hex } from '../../../vocabulary/ids.ts';
import type { PackageFiles } from '../package/plugin-package.ts';
import type { PluginFilePowers } from './plugin-file-powers.ts';

/** The bytes of installed packages, one folder for each digest. */
export interface PackageFolder {
  keep(digest: Sha256Hex, files: PackageFiles): Promise<void>;
  /** What lies there now; nothing about it is known. @throws where a file is gone, too large or no file */
  read(digest: Sha256Hex): Promise<PackageFiles>;
  /** Removes all but these; answers how many. */
  keepOnly(digests: ReadonlySet<string>): Promise<number>;
}

interface PackageFolderDeps {
  readonly folder: string;
  readonly files: PluginFilePowers;
  readonly random: RandomBytes;
}

const MOST_FILES = 256;
const MOST_FILE_BYTES = 4 * 1024 * 1024;
const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * A package lies in `packages/<digest>/`, as it was installed. It is written under another name and renamed
 * when it is whole, so a digest names all of it or nothing; what a crash leaves is swept up.
 */
export const makePackageFolder = ({ folder, files, random }: PackageFolderDeps): PackageFolder => {
  const root = join(folder, 'packages');
  return Object.freeze<PackageFolder>({
    keep: async (digest, content) => {
      const unfinished = join(root, `new-${Buffer.from(random(8)).toString('hex')}`);
      for (const [path, bytes] of content) {
        const segments = segmentsOf(path);
        await files.makeFolder(join(unfinished, ...segments.slice(0, -1)));
        await files.write(join(unfinished, ...segments), bytes);
      }
      await files.remove(join(root, digest));
      await files.rename(unfinished, join(root, digest));
    },
    read: async (digest) => {
      const own = join(root, digest);
      const content = new Map<string, Uint8Array>();
      for (const path of await files.filesBeneath(own, MOST_FILES)) {
        const bytes = await files.read(join(own, path), MOST_FILE_BYTES);
        if (bytes === undefined) throw new Error('a file of the package is gone');
        content.set(path, bytes);
      }
      return content;
    },
    keepOnly: async (digests) => {
      const stray = (await files.namesIn(root)).filter((name) => !digests.has(name));
      for (const name of stray) await files.remove(join(root, name));
      return stray.length;
    },
  });
};

// A package was opened before it comes here, which refuses such paths; nothing is written outside all the same.
const segmentsOf = (path: string): readonly string[] => {
  const segments = path.split('/');
  if (segments.every((segment) => SEGMENT.test(segment))) return segments;
  throw new Error('a path that leads out of the package');
};
