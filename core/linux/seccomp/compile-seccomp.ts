import { compileArgumentTest } from './argument-test.ts';
import {
  ANSWER,
  BPF,
  encodeProgram,
  type Instruction,
  MAX_INSTRUCTIONS,
  plain,
  RECORD,
} from './bpf.ts';
import { type Call, compileCalls } from './call-chain.ts';
import { misconfigured } from './profile-fields.ts';
import type { SeccompArchitecture, SeccompProfile } from './seccomp-profile.ts';
import { type Architecture, syscallNumbers } from './syscall-numbers.ts';
import { OWN_PID, type SeccompAction, type SyscallRule } from './syscall-rule.ts';

export type { Architecture } from './syscall-numbers.ts';

export interface SeccompContext {
  readonly architecture: Architecture;
  /** What `@own_pid` stands for. */
  readonly ownPid: number;
}

interface Machine {
  readonly name: SeccompArchitecture;
  /** AUDIT_ARCH_*, as the kernel notes it beside each call. */
  readonly auditArch: number;
}

const MACHINES: Readonly<Record<Architecture, Machine>> = {
  x64: { name: 'SCMP_ARCH_X86_64', auditArch: 0xc000003e },
  arm64: { name: 'SCMP_ARCH_AARCH64', auditArch: 0xc00000b7 },
};
/** x32 calls are x86-64 calls with this bit: they pass a check of the architecture (attack 209). */
const X32_BIT = 0x40000000;
const EPERM = 1;

/**
 * The profile as a BPF program for one architecture: 8 bytes an instruction. A foreign architecture ends the
 * process, and so does an x32 number; then the names in the profile's order, then its default.
 * @throws AgentError `configuration` where the profile is not for this architecture, or too long for the kernel
 */
export const compileSeccomp = (profile: SeccompProfile, context: SeccompContext): Uint8Array => {
  const { name, auditArch } = MACHINES[context.architecture];
  if (!profile.architectures.includes(name)) {
    throw misconfigured(`\`seccomp.architectures\` lacks \`${name}\``);
  }
  const fallback = answerOf(profile.defaultAction, profile.defaultErrnoRet);
  const program = [
    ...entryChecks(context.architecture, auditArch),
    ...compileCalls(callsOf(profile, context)),
    plain(BPF.answer, fallback),
  ];
  if (program.length > MAX_INSTRUCTIONS) {
    throw misconfigured(
      `\`seccomp\` takes ${program.length} instructions, expected at most ${MAX_INSTRUCTIONS}`,
    );
  }
  return encodeProgram(program);
};

const entryChecks = (architecture: Architecture, auditArch: number): readonly Instruction[] => [
  plain(BPF.load, RECORD.architecture),
  { code: BPF.equal, jt: 1, jf: 0, k: auditArch },
  plain(BPF.answer, ANSWER.killProcess),
  plain(BPF.load, RECORD.number),
  ...(architecture === 'x64'
    ? [
        { code: BPF.greaterOrEqual, jt: 0, jf: 1, k: X32_BIT },
        plain(BPF.answer, ANSWER.killProcess),
      ]
    : []),
];

const answerOf = (action: SeccompAction, errno: number = EPERM): number => {
  switch (action) {
    case 'SCMP_ACT_ALLOW':
      return ANSWER.allow;
    case 'SCMP_ACT_ERRNO':
      return ANSWER.errno + errno;
    case 'SCMP_ACT_KILL_PROCESS':
      return ANSWER.killProcess;
    default: {
      const unknown: never = action;
      throw new TypeError(`no action: ${String(unknown)}`);
    }
  }
};

const callsOf = (profile: SeccompProfile, context: SeccompContext): readonly Call[] => {
  const fallback = answerOf(profile.defaultAction, profile.defaultErrnoRet);
  const rulesOf = new Map<string, SyscallRule[]>();
  for (const rule of profile.syscalls) {
    for (const name of rule.names) rulesOf.set(name, [...(rulesOf.get(name) ?? []), rule]);
  }
  return [...rulesOf].flatMap(([name, rules]): readonly Call[] => {
    const number = syscallNumbers(context.architecture).get(name);
    // The parser refused names that no architecture has; this one lacks it, so nothing can call it.
    if (number === undefined) return [];
    const [first] = rules;
    if (first !== undefined && first.args === undefined) {
      return [{ kind: 'plain', number, answer: answerOf(first.action, first.errnoRet) }];
    }
    const tested = rules.flatMap((rule) => compileRule(rule, context.ownPid));
    return [{ kind: 'tested', number, body: [...tested, plain(BPF.answer, fallback)] }];
  });
};

/** The tests of one rule, then its answer. A test that fails leads just behind the answer. */
const compileRule = (rule: SyscallRule, ownPid: number): readonly Instruction[] => {
  let code: readonly Instruction[] = [plain(BPF.answer, answerOf(rule.action, rule.errnoRet))];
  for (const { index, op, value, valueTwo = 0 } of (rule.args ?? []).toReversed()) {
    const operand = BigInt(value === OWN_PID ? ownPid : value);
    const test = { index, op, value: operand, wanted: BigInt(valueTwo) };
    code = [...compileArgumentTest(test, code.length), ...code];
  }
  return code;
};
