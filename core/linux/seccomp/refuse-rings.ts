import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { describeDescriptors } from '../descriptors.ts';
import { LinuxError } from '../linux-error.ts';
import { setNoNewPrivileges } from '../process-controls.ts';
import { bindRawSyscall } from '../raw-syscall.ts';
import { compileSeccomp } from './compile-seccomp.ts';
import { installSeccomp } from './install-seccomp.ts';
import { parseSeccompProfile } from './seccomp-profile.ts';

const PROFILE = join(PACKAGE_ROOT, 'sandbox-profiles/seccomp/no-ring.json');
/** The same on x86-64 and arm64. */
const SYS_IO_URING_SETUP = 425;

/**
 * From here on neither this process nor what it starts can make an io_uring. A ring opens files and connects
 * without any filter seeing it (attack 204); libuv makes one at its start unless the kernel refuses, so this
 * is for a process that then executes itself anew, or starts others.
 * @throws LinuxError
 */
export const refuseRings = (): void => {
  const { arch, pid } = process;
  if (arch !== 'x64' && arch !== 'arm64') throw new LinuxError('seccomp', 'ENOSYS');
  const profile = parseSeccompProfile(JSON.parse(readFileSync(PROFILE, 'utf8')));
  setNoNewPrivileges();
  installSeccomp(compileSeccomp(profile, { architecture: arch, ownPid: pid }));
};

/** Whether the kernel refuses this process a ring, whoever told it to. */
export const areRingsRefused = (): boolean =>
  // No entries and no parameters: what is not refused outright fails for that.
  bindRawSyscall()(SYS_IO_URING_SETUP, 0, 0).errno !== 'EFAULT';

/** Whether this process holds a ring. Reads `/proc/self/fd`: before the lock. */
export const holdsRing = (): boolean =>
  describeDescriptors().some(({ kind }) => kind === 'io_uring');
