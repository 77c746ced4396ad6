import { setNoNewPrivileges } from '../../core/linux/process-controls.ts';
import { compileSeccomp } from '../../core/linux/seccomp/compile-seccomp.ts';
import { installSeccomp } from '../../core/linux/seccomp/install-seccomp.ts';
import { parseSeccompProfile } from '../../core/linux/seccomp/seccomp-profile.ts';

// A machine whose kernel lacks something: `without-calls.js NAME,NAME ARGUMENT…` becomes `node ARGUMENT…`, to
// which these system calls answer ENOSYS, as an old kernel does.

const [names = '', ...rest] = process.argv.slice(2);
const ENOSYS = 38;
const profile = parseSeccompProfile({
  defaultAction: 'SCMP_ACT_ALLOW',
  architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'],
  syscalls: [{ names: names.split(','), action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS }],
});
const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
setNoNewPrivileges();
installSeccomp(compileSeccomp(profile, { architecture, ownPid: process.pid }));
process.execve?.(process.execPath, [process.execPath, ...rest], process.env);
