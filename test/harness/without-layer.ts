import { setNoNewPrivileges } from '../../core/linux/process-controls.ts';
import { compileSeccomp } from '../../core/linux/seccomp/compile-seccomp.ts';
import { installSeccomp } from '../../core/linux/seccomp/install-seccomp.ts';
import { parseSeccompProfile } from '../../core/linux/seccomp/seccomp-profile.ts';

// A kernel without one layer, for tests: `without-layer.js LAYER ARGUMENT…` becomes `node ARGUMENT…` under a
// filter that answers as a kernel does that lacks it, and that everything below inherits.

const ERRNO = { EINVAL: 22, ENOSYS: 38 } as const;
const PR_SET_SECCOMP = 22;
const PR_SET_MDWE = 65;

const prctl = (option: number) => ({
  names: ['prctl'],
  action: 'SCMP_ACT_ERRNO',
  errnoRet: ERRNO.EINVAL,
  args: [{ index: 0, value: option, op: 'SCMP_CMP_EQ' }],
});
const call = (name: string, errnoRet: number) => ({
  names: [name],
  action: 'SCMP_ACT_ERRNO',
  errnoRet,
});

const LACKING: ReadonlyMap<string, readonly object[]> = new Map([
  ['landlock', [call('landlock_create_ruleset', ERRNO.ENOSYS)]],
  ['seccomp', [call('seccomp', ERRNO.EINVAL), prctl(PR_SET_SECCOMP)]],
  ['mdwe', [prctl(PR_SET_MDWE)]],
]);

const [layer = '', ...args] = process.argv.slice(2);
const syscalls = LACKING.get(layer);
const { arch, pid } = process;
if (syscalls === undefined || (arch !== 'x64' && arch !== 'arm64')) throw new Error(layer);
const profile = parseSeccompProfile({
  defaultAction: 'SCMP_ACT_ALLOW',
  architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'],
  syscalls,
});
setNoNewPrivileges();
installSeccomp(compileSeccomp(profile, { architecture: arch, ownPid: pid }));
process.execve?.(process.execPath, [process.execPath, ...args], process.env);
