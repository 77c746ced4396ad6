import { bindAttempt, bindNative } from './libc.ts';

/** Options of prctl(2), and what they are set to here. */
const PR_GET_DUMPABLE = 3;
const PR_SET_DUMPABLE = 4;
const PR_SET_NO_NEW_PRIVS = 38;
const PR_GET_NO_NEW_PRIVS = 39;
const PR_SET_MDWE = 65;
const PR_GET_MDWE = 66;
const MDWE_REFUSE_EXEC_GAIN = 1;
const MDWE_NO_INHERIT = 2;
const RLIMIT_CORE = 4;
const RLIMIT_AS = 9;
const RLIMIT_BYTES = 16;

const PROTOTYPE = 'int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)';
const prctl = bindNative('prctl', PROTOTYPE);
const tryPrctl = bindAttempt(PROTOTYPE);
const setrlimit = bindNative('setrlimit', 'int setrlimit(int, void*)');

/**
 * From here on no exec gives this thread, or what it starts, a privilege that it lacks: no set-user-ID,
 * no file capabilities. Landlock and seccomp demand it of an ordinary user.
 * @throws LinuxError
 */
export const setNoNewPrivileges = (): void => {
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
};

/**
 * No memory of this process becomes executable that was writable (Linux 6.3). Inherited, it also binds
 * what the process starts: only nodes without a compiler start then.
 * @throws LinuxError where the kernel is older
 */
export const denyWriteExecute = ({ inherited }: { readonly inherited: boolean }): void => {
  const bits = MDWE_REFUSE_EXEC_GAIN | (inherited ? 0 : MDWE_NO_INHERIT);
  prctl(PR_SET_MDWE, bits, 0, 0, 0);
};

/**
 * No core dump, and no trace or look into `/proc/PID` by another process of the same user (attack 205).
 * @throws LinuxError
 */
export const setNotDumpable = (): void => {
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
};

/**
 * The hard limit for core files goes to 0, so an ordinary user cannot raise it again (attack 205).
 * @throws LinuxError
 */
export const forbidCoreDumps = (): void => {
  setrlimit(RLIMIT_CORE, Buffer.alloc(RLIMIT_BYTES));
};

/**
 * The hard limit for everything that this process maps. What the kernel itself spends on a mapping, a page of
 * tables for 2 MB of it, is in no count of resident memory: a reader of a terabyte of zeroes would take 2 GB.
 * @throws LinuxError
 */
export const limitAddressSpace = (bytes: number): void => {
  const limits = Buffer.alloc(RLIMIT_BYTES);
  limits.writeBigUInt64LE(BigInt(bytes), 0);
  limits.writeBigUInt64LE(BigInt(bytes), RLIMIT_BYTES / 2);
  setrlimit(RLIMIT_AS, limits);
};

export interface ProcessControls {
  readonly noNewPrivileges: boolean;
  readonly denyWriteExecute: boolean;
  readonly dumpable: boolean;
}

/** The controls as the kernel has them. One that the kernel does not know is not set. */
export const processControls = (): ProcessControls => ({
  noNewPrivileges: tryPrctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0).value === 1,
  denyWriteExecute:
    (Math.max(0, tryPrctl(PR_GET_MDWE, 0, 0, 0, 0).value) & MDWE_REFUSE_EXEC_GAIN) === 1,
  // 2 is "readable by root alone", which is dumpable still; an answer that cannot be read counts as yes.
  dumpable: tryPrctl(PR_GET_DUMPABLE, 0, 0, 0, 0).value !== 0,
});
