import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LandlockProfile, parseLandlockProfile } from '../linux/landlock/landlock-profile.ts';
import { readKernelProfile } from '../linux/read-kernel-profile.ts';
import { parseSeccompProfile, type SeccompProfile } from '../linux/seccomp/seccomp-profile.ts';
import { parseProfile } from '../protocol/profile.ts';
import type { ProfileName } from '../vocabulary/enums.ts';
import { PACKAGE_ROOT } from '../vocabulary/package-root.ts';

/** The two kernel profiles that a sandbox profile names. */
export interface Wall {
  readonly landlock: LandlockProfile;
  readonly seccomp: SeccompProfile;
}

/**
 * Reads the wall of a profile from the program's own `sandbox-profiles/`.
 * @throws AgentError naming the field that is not as it should be
 */
export const readWall = (name: ProfileName): Wall => {
  const { landlock, seccomp } = parseProfile(name, readProfile(name));
  return {
    landlock: parseLandlockProfile(readKernelProfile('landlock', landlock)),
    seccomp: parseSeccompProfile(readKernelProfile('seccomp', seccomp)),
  };
};

const readProfile = (name: ProfileName): unknown =>
  JSON.parse(readFileSync(join(PACKAGE_ROOT, 'sandbox-profiles', `${name}.json`), 'utf8'));
