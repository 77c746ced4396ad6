import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Architecture, compileSeccomp } from '../../../core/linux/seccomp/compile-seccomp.ts';
import {
  parseSeccompProfile,
  type SeccompProfile,
} from '../../../core/linux/seccomp/seccomp-profile.ts';
import { syscallNumbers } from '../../../core/linux/seccomp/syscall-numbers.ts';
import { SECCOMP_OPERATORS } from '../../../core/linux/seccomp/syscall-rule.ts';
import { runs } from '../../harness/runs.ts';
import { interpret } from './bpf-interpreter.ts';
import { ALLOW, AUDIT_ARCH, errno, KILL, referenceVerdict } from './reference-verdict.ts';

const ARCHITECTURES = ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'];
const OWN_PID = 77;

// Few names and few values, so that rules, operands and calls meet; edges of both 32-bit halves among them.
const NAMES = ['read', 'open', 'openat', 'clone', 'kill', 'ioctl'];
const operand = fc.oneof(
  fc.constantFrom(0, 1, 2, OWN_PID, 0x7fffffff, 0xffffffff, 0x1_0000_0000, 0x1_0000_0001),
  fc.maxSafeNat(),
);
const comparison = fc.oneof(
  fc.record({
    index: fc.nat({ max: 5 }),
    value: fc.oneof(operand, fc.constant('@own_pid')),
    op: fc.constantFrom(...SECCOMP_OPERATORS.filter((op) => op !== 'SCMP_CMP_MASKED_EQ')),
  }),
  fc
    .record({ index: fc.nat({ max: 5 }), value: operand, wanted: operand })
    .map(({ index, value, wanted }) => ({
      index,
      value,
      valueTwo: Number(BigInt(wanted) & BigInt(value)),
      op: 'SCMP_CMP_MASKED_EQ',
    })),
);
const action = fc.oneof(
  fc.constantFrom({ action: 'SCMP_ACT_ALLOW' }, { action: 'SCMP_ACT_KILL_PROCESS' }),
  fc.nat({ max: 4094 }).map((number) => ({ action: 'SCMP_ACT_ERRNO', errnoRet: number + 1 })),
  fc.constant({ action: 'SCMP_ACT_ERRNO' }),
);
const rule = fc
  .tuple(
    fc.subarray(NAMES, { minLength: 1 }),
    action,
    fc.array(comparison, { minLength: 1, maxLength: 8 }),
    fc.boolean(),
  )
  .map(([names, what, args, bare]) => ({ names, ...what, ...(bare ? {} : { args }) }));

const parsed = (value: unknown): SeccompProfile | undefined => {
  try {
    return parseSeccompProfile(value);
  } catch {
    return undefined;
  }
};
const profile = fc
  .tuple(action, fc.array(rule, { minLength: 1, maxLength: 40 }))
  .map(([{ action: defaultAction, ...rest }, syscalls]) => {
    // What the parser would refuse: a name with an unconditional rule beside another one, or twice the same.
    const kept: unknown[] = [];
    const candidate = (rules: readonly unknown[]) => ({
      defaultAction,
      ...('errnoRet' in rest ? { defaultErrnoRet: rest.errnoRet } : {}),
      architectures: ARCHITECTURES,
      syscalls: rules,
    });
    for (const each of syscalls) {
      if (parsed(candidate([...kept, each])) !== undefined) kept.push(each);
    }
    return parseSeccompProfile(candidate(kept));
  });

const argument = fc.oneof(
  operand.map(BigInt),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  operand.map((value) => (BigInt(value) | (1n << 63n)) & (2n ** 64n - 1n)),
);

for (const architecture of ['x64', 'arm64'] as const) {
  const numbers = syscallNumbers(architecture);
  const names = new Map([...numbers].map(([name, number]) => [number, name]));
  const known = NAMES.flatMap((name) => numbers.get(name) ?? []);
  const call = fc.record({
    architecture: fc.oneof(
      { weight: 9, arbitrary: fc.constant<number>(AUDIT_ARCH[architecture]) },
      { weight: 1, arbitrary: fc.constantFrom<number>(...Object.values(AUDIT_ARCH)) },
    ),
    number: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...known) },
      { weight: 1, arbitrary: fc.constantFrom(...known).map((number) => number + 0x40000000) },
      { weight: 1, arbitrary: fc.nat({ max: 0xffffffff }) },
    ),
    args: fc.array(argument, { minLength: 6, maxLength: 6 }),
  });

  test(`a program for ${architecture} answers each call as the profile reads`, () => {
    fc.assert(
      fc.property(profile, fc.array(call, { minLength: 20, maxLength: 20 }), (chosen, calls) => {
        const program = compileSeccomp(chosen, { architecture, ownPid: OWN_PID });
        for (const each of calls) {
          const expected = referenceVerdict(chosen, { architecture, names, ownPid: OWN_PID }, each);
          assert.equal(interpret(program, each), expected);
        }
      }),
      { numRuns: runs(300) },
    );
  });
}

const withRules = (syscalls: readonly unknown[]): SeccompProfile =>
  parseSeccompProfile({ defaultAction: 'SCMP_ACT_ERRNO', architectures: ARCHITECTURES, syscalls });
const ask = (
  chosen: SeccompProfile,
  number: number,
  arg: bigint,
  architecture: Architecture = 'x64',
): number =>
  interpret(compileSeccomp(chosen, { architecture, ownPid: OWN_PID }), {
    architecture: AUDIT_ARCH[architecture],
    number,
    args: [arg],
  });

test('every known call in one profile stays within the reach of a jump', () => {
  const everything = [...syscallNumbers('x64').keys()];
  const chosen = withRules([{ names: everything, action: 'SCMP_ACT_ALLOW' }]);
  for (const number of syscallNumbers('x64').values()) assert.equal(ask(chosen, number, 0n), ALLOW);
  assert.equal(ask(chosen, 1000, 0n), errno(1));
});

test('a body longer than a conditional jump reaches is passed over whole', () => {
  const many = Array.from({ length: 100 }, (_, value) => ({
    names: ['read'],
    action: 'SCMP_ACT_ALLOW',
    args: [{ index: 0, value, op: 'SCMP_CMP_EQ' }],
  }));
  const chosen = withRules([...many, { names: ['write'], action: 'SCMP_ACT_ALLOW' }]);
  assert.equal(ask(chosen, 0, 99n), ALLOW);
  assert.equal(ask(chosen, 0, 100n), errno(1));
  assert.equal(ask(chosen, 1, 100n), ALLOW);
});

test('a program longer than the kernel takes is refused', () => {
  const many = Array.from({ length: 900 }, (_, value) => ({
    names: ['read'],
    action: 'SCMP_ACT_ALLOW',
    args: [{ index: 0, value, op: 'SCMP_CMP_EQ' }],
  }));
  assert.throws(() => ask(withRules(many), 0, 0n), {
    code: 'configuration',
    message: /^`seccomp` takes 4510 instructions, expected at most 4096/,
  });
});

test('a profile is refused on an architecture that it does not name', () => {
  const chosen = parseSeccompProfile({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: ['SCMP_ARCH_X86_64'],
    syscalls: [{ names: ['read'], action: 'SCMP_ACT_KILL_PROCESS' }],
  });
  assert.equal(ask(chosen, 0, 0n), KILL);
  assert.throws(() => ask(chosen, 63, 0n, 'arm64'), { code: 'configuration' });
});
