import { bindRawSyscall, type RawSyscall } from '../../linux/raw-syscall.ts';
import { syscallNumbers } from '../../linux/seccomp/syscall-numbers.ts';
import { thisArchitecture } from '../../linux/this-architecture.ts';

/** What the text of an attack finds as its arguments, beside Node's own globals. */
export interface AttackTools {
  /** Any system call: `syscall(nr, ...arguments)`, answers `{ value, errno }`. */
  readonly syscall: RawSyscall;
  /** Says a line to whoever started the attack. */
  readonly report: (line: string) => void;
  /** Numbers of the system calls of this processor, by name. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Writes bytes to the channel as they are; on a thread there is none. */
  readonly send?: (bytes: Uint8Array) => void;
  /** Runs a text on a thread that was there before the lock; answers what that returned, as text. */
  readonly onThread?: (source: string) => Promise<string>;
}

const NAMES = ['syscall', 'report', 'numbers', 'send', 'onThread'] as const;

/** The two tools that every thread has to make for itself; bound before the lock. */
export const bindTools = (): Pick<AttackTools, 'syscall' | 'numbers'> => ({
  syscall: bindRawSyscall(),
  numbers: syscallNumbers(thisArchitecture()),
});

/**
 * Runs the text of an attack in this very context, as a guest would that broke out of its isolate. Compiled
 * here, so after the lock; answers what it returned, as text.
 */
export const runAttack = async (source: string, tools: AttackTools): Promise<string> => {
  const run = new AsyncFunction(...NAMES, source);
  return String(await run(...NAMES.map((name) => tools[name])));
};

const AsyncFunction: new (
  ...parts: readonly string[]
) => (...tools: readonly unknown[]) => Promise<unknown> = Object.getPrototypeOf(
  async () => {},
).constructor;
