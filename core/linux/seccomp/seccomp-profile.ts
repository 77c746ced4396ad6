import { ownValue } from '../../vocabulary/json.ts';
import { listOf, misconfigured, objectOf, oneOf, optional } from './profile-fields.ts';
import {
  parseAction,
  parseErrno,
  parseSyscallRule,
  type SeccompAction,
  type SyscallRule,
} from './syscall-rule.ts';

const SECCOMP_ARCHITECTURES = ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'] as const;
export type SeccompArchitecture = (typeof SECCOMP_ARCHITECTURES)[number];

/** A filter as data, in the form of OCI's runtime specification (`linux.seccomp`), as far as we compile it. */
export interface SeccompProfile {
  readonly defaultAction: SeccompAction;
  readonly defaultErrnoRet?: number;
  readonly architectures: readonly SeccompArchitecture[];
  readonly syscalls: readonly SyscallRule[];
}

const KEYS = ['defaultAction', 'defaultErrnoRet', 'architectures', 'syscalls'];
const ROOT = 'seccomp';

/**
 * A profile from JSON data, closed at every level. A name that stands in several rules has an argument test
 * in each, no two of them alike: the first whose tests all pass decides.
 * @throws AgentError `configuration` naming the field
 */
export const parseSeccompProfile = (value: unknown): SeccompProfile => {
  const object = objectOf(value, KEYS, ROOT);
  const defaultAction = parseAction(ownValue(object, 'defaultAction'), `${ROOT}.defaultAction`);
  const defaultErrnoRet = optional(object, 'defaultErrnoRet', ROOT, (errno, at) =>
    parseErrno(errno, defaultAction, at),
  );
  const architectures = listOf(object, 'architectures', ROOT, (item, at) =>
    oneOf(item, SECCOMP_ARCHITECTURES, at),
  );
  const syscalls = listOf(object, 'syscalls', ROOT, parseSyscallRule);
  assertDistinct(syscalls);
  return {
    defaultAction,
    ...(defaultErrnoRet === undefined ? {} : { defaultErrnoRet }),
    architectures,
    syscalls,
  };
};

const assertDistinct = (rules: readonly SyscallRule[]): void => {
  const conditions = new Map<string, Set<string>>();
  for (const [index, { names, args = [] }] of rules.entries()) {
    for (const name of names) {
      const known = conditions.get(name) ?? new Set();
      const condition = conditionOf(args);
      const overlaps =
        known.has(condition) || known.has('') || (condition === '' && known.size > 0);
      if (overlaps) throw misconfigured(`\`${ROOT}.syscalls[${index}]\` names \`${name}\` again`);
      conditions.set(name, known.add(condition));
    }
  }
};

/** The same text for the same tests, in whatever order they stand; empty where there is none. */
const conditionOf = (args: NonNullable<SyscallRule['args']>): string =>
  args
    .map(({ index, op, value, valueTwo }) => `${index} ${op} ${value} ${valueTwo ?? ''}`)
    .sort()
    .join(', ');
