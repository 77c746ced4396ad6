import type { LandlockProfile } from '../../linux/landlock/landlock-profile.ts';
import { type LandlockRight, missingRights } from '../../linux/landlock/rights.ts';
import type { SeccompProfile } from '../../linux/seccomp/seccomp-profile.ts';
import { noWall } from './no-wall.ts';

/**
 * The rights that a kernel with this version of Landlock cannot refuse, after seeing that the seccomp profile
 * refuses for each of them every system call that the Landlock profile names (attack 212).
 * @throws sandbox_unavailable naming the right that nothing refuses
 */
export const coverMissing = (
  abi: number,
  landlock: LandlockProfile,
  seccomp: SeccompProfile,
): readonly LandlockRight[] => {
  if (abi < 1) throw noWall('landlock', 'the kernel has no landlock');
  const missing = missingRights(abi);
  for (const right of missing) {
    const calls = landlock.coveredBy.get(right) ?? [];
    if (calls.length === 0 || !calls.every((call) => isRefused(call, seccomp))) {
      throw noWall('landlock', `version ${abi} cannot refuse \`${right}\`, and nothing else does`);
    }
  }
  return missing;
};

// A rule that lets a call through only towards the process itself gives nothing away.
const isRefused = (call: string, { defaultAction, syscalls }: SeccompProfile): boolean =>
  defaultAction !== 'SCMP_ACT_ALLOW' &&
  syscalls
    .filter(({ names, action }) => action === 'SCMP_ACT_ALLOW' && names.includes(call))
    .every(({ args = [] }) =>
      args.some(({ value, op }) => value === '@own_pid' && op === 'SCMP_CMP_EQ'),
    );
