import { describeDescriptors } from '../../linux/descriptors.ts';
import { landlockAbi } from '../../linux/landlock/landlock-abi.ts';
import { dropGroups } from '../../linux/privileges.ts';
import { limitAddressSpace } from '../../linux/process-controls.ts';
import type { RawSyscall } from '../../linux/raw-syscall.ts';
import { thisArchitecture } from '../../linux/this-architecture.ts';
import type { LockFacts } from '../../protocol/lock-facts.ts';
import type { Wall } from '../read-wall.ts';
import { lockDown } from './lock-down.ts';

/** A cell maps 1.5 GB before its first step, nearly all of it untouched: programs, stacks, what V8 sets aside. */
const ADDRESS_SPACE = 4 * 1024 ** 3;

/**
 * Locks the process that calls it, with the kernel that it runs on. All that it reads is read by now.
 * @throws sandbox_unavailable
 */
export const lockThisProcess = (wall: Wall, weak: boolean, syscall: RawSyscall): LockFacts => {
  // Between two looks from outside, and where pages of tables are all that grows, this is what holds.
  limitAddressSpace(ADDRESS_SPACE);
  return lockDown({
    wall,
    weak,
    syscall,
    architecture: thisArchitecture(),
    landlockAbi,
    descriptors: describeDescriptors,
    dropGroups,
    pid: process.pid,
    parent: process.ppid,
    uid: process.getuid?.() ?? -1,
  });
};
