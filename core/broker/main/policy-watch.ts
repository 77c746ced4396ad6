import { sha256 } from '../../vocabulary/digest.ts';
import type { Sha256Hex } from '../../vocabulary/ids.ts';
import type { ProgramFilePowers } from './powers/program-files.ts';

/**
 * Whether the policy file on disk is still the one that was loaded. It is read again only when its
 * inode, size or times differ, so that asking before every step costs one `stat`.
 */
export const makePolicyWatch = (
  path: string,
  loaded: Sha256Hex,
  files: Pick<ProgramFilePowers, 'readPolicy' | 'policyVersion'>,
): (() => boolean) => {
  let seen: string | undefined;
  let current = false;
  return () => {
    const version = files.policyVersion(path);
    if (version === undefined || version !== seen) {
      const bytes = files.readPolicy(path);
      current = bytes !== undefined && sha256(bytes) === loaded;
      seen = version;
    }
    return current;
  };
};
