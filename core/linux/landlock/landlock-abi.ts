import { bindAttempt } from '../libc.ts';

/** The same on x86-64 and arm64; glibc has no function for it. */
const SYS_LANDLOCK_CREATE_RULESET = 444;
const VERSION = 1;

const attempt = bindAttempt('long syscall(long, void*, size_t, unsigned int)');

/** The version of Landlock's interface that this kernel offers; 0 where it has none, or has it off. */
export const landlockAbi = (): number =>
  Math.max(0, attempt(SYS_LANDLOCK_CREATE_RULESET, null, 0, VERSION).value);
