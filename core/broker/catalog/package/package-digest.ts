import { digestOf, sha256 } from '../../../vocabulary/digest.ts';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import { kindOfPath } from './package-path.ts';
import type { PackageFiles } from './plugin-package.ts';

/** SHA-256 of every signed file by its path: all but the envelopes. */
export const fileDigests = (files: PackageFiles): ReadonlyMap<string, Sha256Hex> =>
  new Map(
    [...files]
      .filter(([path]) => kindOfPath(path) === 'file')
      .map(([path, bytes]) => [path, sha256(bytes)]),
  );

/** One digest for a whole package: over the path and the digest of every signed file (attack 217). */
export const packageDigest = (files: PackageFiles): Sha256Hex =>
  digestOfDigests(fileDigests(files));

export const digestOfDigests = (digests: ReadonlyMap<string, Sha256Hex>): Sha256Hex =>
  digestOf(Object.fromEntries(digests));
