import { type Attempt, addressOf, bindAttempt, cString } from './libc.ts';

/** A register: a number as it is, or the address of a string or of bytes. */
export type SyscallArgument = number | bigint | string | Uint8Array;

export type RawSyscall = (nr: number | bigint, ...args: SyscallArgument[]) => Attempt;

const REGISTERS = 6;

/**
 * Any system call with any arguments, for a cell that its attacker owns and for tests: the wall must hold
 * against exactly this. Bound before the lock, called after it. A failure is an answer, never thrown.
 */
export const bindRawSyscall = (): RawSyscall => {
  const registers = Array.from({ length: REGISTERS }, () => 'int64').join(', ');
  const native = bindAttempt(`int64 syscall(int64, ${registers})`);
  return (nr, ...args) => {
    // Kept here until the call has returned: the kernel reads them by address alone.
    const kept = args.map((argument) =>
      typeof argument === 'string' ? Buffer.from(`${cString(argument)}\0`) : argument,
    );
    const values = kept.map((argument) =>
      typeof argument === 'object' ? addressOf(argument) : BigInt(argument),
    );
    const filled = Array.from({ length: REGISTERS }, (_, place) => values[place] ?? 0n);
    return native(...[BigInt(nr), ...filled].map((value) => BigInt.asIntN(64, value)));
  };
};
