import { ownValue } from '../../vocabulary/json.ts';
import { integerOf, listOf, misconfigured, objectOf, oneOf, optional } from './profile-fields.ts';
import { isSyscallName } from './syscall-numbers.ts';

const SECCOMP_ACTIONS = ['SCMP_ACT_ALLOW', 'SCMP_ACT_ERRNO', 'SCMP_ACT_KILL_PROCESS'] as const;
export type SeccompAction = (typeof SECCOMP_ACTIONS)[number];

export const SECCOMP_OPERATORS = [
  'SCMP_CMP_EQ',
  'SCMP_CMP_NE',
  'SCMP_CMP_LT',
  'SCMP_CMP_LE',
  'SCMP_CMP_GT',
  'SCMP_CMP_GE',
  'SCMP_CMP_MASKED_EQ',
] as const;
export type SeccompOperator = (typeof SECCOMP_OPERATORS)[number];

/** In place of a number: the id of the process that the filter is for. */
export const OWN_PID = '@own_pid';

/** One test of one argument, unsigned over all 64 bits. `SCMP_CMP_MASKED_EQ`: (argument & value) = valueTwo. */
export interface SyscallArgument {
  readonly index: number;
  readonly value: number | typeof OWN_PID;
  readonly valueTwo?: number;
  readonly op: SeccompOperator;
}

/** What happens to calls of these names whose arguments pass every test. */
export interface SyscallRule {
  readonly names: readonly string[];
  readonly action: SeccompAction;
  readonly errnoRet?: number;
  readonly args?: readonly SyscallArgument[];
}

const MAX_ERRNO = 4095;
const LAST_ARGUMENT = 5;

/** An errno, which only the action that answers one may carry. */
export const parseErrno = (value: unknown, action: SeccompAction, at: string): number => {
  if (action !== 'SCMP_ACT_ERRNO') throw misconfigured(`\`${at}\` stands beside \`${action}\``);
  return integerOf(value, 1, MAX_ERRNO, at);
};

export const parseAction = (value: unknown, at: string): SeccompAction =>
  oneOf(value, SECCOMP_ACTIONS, at);

/** @throws AgentError `configuration` naming the field */
export const parseSyscallRule = (value: unknown, at: string): SyscallRule => {
  const object = objectOf(value, ['names', 'action', 'errnoRet', 'args'], at);
  const action = parseAction(ownValue(object, 'action'), `${at}.action`);
  const errnoRet = optional(object, 'errnoRet', at, (errno, place) =>
    parseErrno(errno, action, place),
  );
  const args = optional(object, 'args', at, () => listOf(object, 'args', at, parseArgument));
  return {
    names: listOf(object, 'names', at, parseName),
    action,
    ...(errnoRet === undefined ? {} : { errnoRet }),
    ...(args === undefined ? {} : { args }),
  };
};

const parseName = (value: unknown, at: string): string => {
  if (typeof value !== 'string' || !isSyscallName(value)) {
    throw misconfigured(`\`${at}\` is the name of no system call`);
  }
  return value;
};

const parseArgument = (value: unknown, at: string): SyscallArgument => {
  const object = objectOf(value, ['index', 'value', 'valueTwo', 'op'], at);
  const op = oneOf(ownValue(object, 'op'), SECCOMP_OPERATORS, `${at}.op`);
  const index = integerOf(ownValue(object, 'index'), 0, LAST_ARGUMENT, `${at}.index`);
  const operand = ownValue(object, 'value');
  if (op === 'SCMP_CMP_MASKED_EQ') {
    const mask = parseOperand(operand, `${at}.value`);
    const valueTwo = parseOperand(ownValue(object, 'valueTwo'), `${at}.valueTwo`);
    // Such a test could never pass: a rule that looks like one and is none.
    if ((BigInt(valueTwo) & ~BigInt(mask)) !== 0n) {
      throw misconfigured(`\`${at}.valueTwo\` has bits outside the mask`);
    }
    return { index, value: mask, valueTwo, op };
  }
  if (ownValue(object, 'valueTwo') !== undefined) {
    throw misconfigured(`\`${at}.valueTwo\` stands beside \`${op}\``);
  }
  const value64 = operand === OWN_PID ? operand : parseOperand(operand, `${at}.value`);
  return { index, value: value64, op };
};

/** JSON numbers are exact up to 2^53; no rule of ours needs a larger one. */
const parseOperand = (value: unknown, at: string): number =>
  integerOf(value, 0, Number.MAX_SAFE_INTEGER, at);
