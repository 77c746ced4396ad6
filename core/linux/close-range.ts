import { bindNative } from './libc.ts';

/** The same on x86-64 and arm64; glibc has a function for it only from 2.34 on. */
const SYS_CLOSE_RANGE = 436;
const CLOSE_RANGE_CLOEXEC = 4;
const LAST_DESCRIPTOR = 0xffff_ffff;

const syscall = bindNative('close_range', 'long syscall(long, unsigned int, unsigned int, int)');

/**
 * Marks every descriptor from `first` up close-on-exec, so that a child inherits none of them: also not
 * one that this process itself was given by the shell that started it (attack 206).
 * @throws LinuxError
 */
export const closeOnExecFrom = (first: number): void => {
  syscall(SYS_CLOSE_RANGE, first, LAST_DESCRIPTOR, CLOSE_RANGE_CLOEXEC);
};
