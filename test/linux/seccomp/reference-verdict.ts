import type { SeccompProfile } from '../../../core/linux/seccomp/seccomp-profile.ts';
import type { SyscallArgument, SyscallRule } from '../../../core/linux/seccomp/syscall-rule.ts';
import type { CallRecord } from './bpf-interpreter.ts';

export const ALLOW = 0x7fff0000;
export const KILL = 0x80000000;
export const errno = (number: number): number => 0x00050000 | number;

export const AUDIT_ARCH = { x64: 0xc000003e, arm64: 0xc00000b7, i386: 0x40000003 } as const;

const passes = (test: SyscallArgument, args: readonly bigint[], ownPid: number): boolean => {
  const actual = args[test.index] ?? 0n;
  const value = BigInt(test.value === '@own_pid' ? ownPid : test.value);
  switch (test.op) {
    case 'SCMP_CMP_EQ':
      return actual === value;
    case 'SCMP_CMP_NE':
      return actual !== value;
    case 'SCMP_CMP_LT':
      return actual < value;
    case 'SCMP_CMP_LE':
      return actual <= value;
    case 'SCMP_CMP_GT':
      return actual > value;
    case 'SCMP_CMP_GE':
      return actual >= value;
    case 'SCMP_CMP_MASKED_EQ':
      return (actual & value) === BigInt(test.valueTwo ?? 0);
  }
};

const answer = ({ action, errnoRet = 1 }: Pick<SyscallRule, 'action' | 'errnoRet'>): number => {
  switch (action) {
    case 'SCMP_ACT_ALLOW':
      return ALLOW;
    case 'SCMP_ACT_ERRNO':
      return errno(errnoRet);
    case 'SCMP_ACT_KILL_PROCESS':
      return KILL;
  }
};

/** What a profile says of a call, read straight from the data: no table, no program. */
export const referenceVerdict = (
  profile: SeccompProfile,
  {
    architecture,
    names,
    ownPid,
  }: { architecture: 'x64' | 'arm64'; names: ReadonlyMap<number, string>; ownPid: number },
  call: CallRecord,
): number => {
  if (call.architecture !== AUDIT_ARCH[architecture]) return KILL;
  if (architecture === 'x64' && call.number >= 0x40000000) return KILL;
  const name = names.get(call.number);
  const rule = profile.syscalls.find(
    (each) =>
      name !== undefined &&
      each.names.includes(name) &&
      (each.args ?? []).every((test) => passes(test, call.args, ownPid)),
  );
  return answer(
    rule ?? {
      action: profile.defaultAction,
      ...(profile.defaultErrnoRet === undefined ? {} : { errnoRet: profile.defaultErrnoRet }),
    },
  );
};
