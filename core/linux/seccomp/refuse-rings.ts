import { describeDescriptors } from '../descriptors.ts';
import { setNoNewPrivileges } from '../process-controls.ts';
import { bindRawSyscall } from '../raw-syscall.ts';
import { readKernelProfile } from '../read-kernel-profile.ts';
import { thisArchitecture } from '../this-architecture.ts';
import { compileSeccomp } from './compile-seccomp.ts';
import { installSeccomp } from './install-seccomp.ts';
import { parseSeccompProfile } from './seccomp-profile.ts';

/** The same on x86-64 and arm64. */
const SYS_IO_URING_SETUP = 425;

/**
 * From here on neither this process nor what it starts can make an io_uring. A ring opens files and connects
 * without any filter seeing it (attack 204); libuv makes one at its start unless the kernel refuses, so this
 * is for a process that then executes itself anew, or starts others.
 * @throws LinuxError; AgentError `sandbox_unavailable` on a processor that no filter is compiled for
 */
export const refuseRings = (): void => {
  const machine = { architecture: thisArchitecture(), ownPid: process.pid };
  const profile = parseSeccompProfile(readKernelProfile('seccomp', 'no-ring'));
  setNoNewPrivileges();
  installSeccomp(compileSeccomp(profile, machine));
};

/** Whether the kernel refuses this process a ring, whoever told it to. */
export const areRingsRefused = (): boolean =>
  // No entries and no parameters: what is not refused outright fails for that.
  bindRawSyscall()(SYS_IO_URING_SETUP, 0, 0).errno !== 'EFAULT';

/** Whether this process holds a ring. Reads `/proc/self/fd`: before the lock. */
export const holdsRing = (): boolean =>
  describeDescriptors().some(({ kind }) => kind === 'io_uring');
