import type { RawSyscall } from '../../linux/raw-syscall.ts';
import { type Architecture, syscallNumbers } from '../../linux/seccomp/syscall-numbers.ts';

const RLIMIT_CORE = 4;
const OWN_PROCESS = 0;
const LIMITS_BYTES = 16;

/** Whether a core file of this process could have any size, by prlimit(2): soft and hard limit. */
export const mayDumpCore = (architecture: Architecture, syscall: RawSyscall): boolean => {
  const limits = Buffer.alloc(LIMITS_BYTES, 0xff);
  const number = syscallNumbers(architecture).get('prlimit64') ?? -1;
  syscall(number, OWN_PROCESS, RLIMIT_CORE, 0, limits);
  return limits.some((byte) => byte !== 0);
};
