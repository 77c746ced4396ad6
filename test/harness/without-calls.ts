import { setNoNewPrivileges } from '../../core/linux/process-controls.ts';
import { compileSeccomp } from '../../core/linux/seccomp/compile-seccomp.ts';
import { installSeccomp } from '../../core/linux/seccomp/install-seccomp.ts';
import { parseSeccompProfile } from '../../core/linux/seccomp/seccomp-profile.ts';

// A machine whose kernel lacks something: `without-calls.js CALL,CALL ARGUMENT…` becomes `node ARGUMENT…`, to
// which these system calls answer as an old kernel does: ENOSYS, or where only one value of the first argument
// is unknown (`prctl:65`), EINVAL.

const [calls = '', ...rest] = process.argv.slice(2);
const EINVAL = 22;
const ENOSYS = 38;
const ruleOf = (call: string) => {
  const [name = '', value] = call.split(':');
  const refuse = { names: [name], action: 'SCMP_ACT_ERRNO' };
  return value === undefined
    ? { ...refuse, errnoRet: ENOSYS }
    : {
        ...refuse,
        errnoRet: EINVAL,
        args: [{ index: 0, value: Number(value), op: 'SCMP_CMP_EQ' }],
      };
};
const profile = parseSeccompProfile({
  defaultAction: 'SCMP_ACT_ALLOW',
  architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'],
  syscalls: calls.split(',').map(ruleOf),
});
const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
setNoNewPrivileges();
installSeccomp(compileSeccomp(profile, { architecture, ownPid: process.pid }));
process.execve?.(process.execPath, [process.execPath, ...rest], process.env);
