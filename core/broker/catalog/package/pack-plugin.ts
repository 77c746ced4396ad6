import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import type { Manifest } from '../../../vocabulary/manifest.ts';
import { parseManifest } from '../parse-manifest.ts';
import { checkPackageFiles } from './check-package-files.ts';
import { packageDigest } from './package-digest.ts';
import { kindOfPath, MANIFEST_FILE } from './package-path.ts';
import { packageText } from './package-text.ts';
import type { PackageFiles } from './plugin-package.ts';

/** A package that nobody has signed yet. */
export interface PackedPlugin {
  readonly manifest: Manifest;
  readonly digest: Sha256Hex;
  readonly files: PackageFiles;
}

/**
 * Makes a package of a built plugin's files: manifest, bundle, README and docs. Envelopes among them stay
 * behind: they speak of other bytes.
 * @throws AgentError `package_invalid` or `manifest`
 */
export const packPlugin = (built: PackageFiles): PackedPlugin => {
  const files: PackageFiles = new Map([...built].filter(([path]) => kindOfPath(path) === 'file'));
  checkPackageFiles(files);
  const manifest = parseManifest(packageText(files, MANIFEST_FILE), MANIFEST_FILE);
  return Object.freeze({ manifest, digest: packageDigest(files), files });
};
