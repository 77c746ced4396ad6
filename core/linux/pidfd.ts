import { bindNative } from './libc.ts';

/** The same on x86-64 and arm64; glibc has functions for them only from 2.36 on. */
const SYS_PIDFD_SEND_SIGNAL = 424;
const SYS_PIDFD_OPEN = 434;

const open = bindNative('pidfd_open', 'long syscall(long, int, unsigned int)');
const send = bindNative('pidfd_send_signal', 'long syscall(long, int, int, void*, unsigned int)');

/**
 * A descriptor that means this very process for as long as it is open, though the number may be given to
 * another one later. Close-on-exec; the caller closes it.
 * @throws LinuxError, ESRCH when there is no such process
 */
export const openPidfd = (pid: number): number => open(SYS_PIDFD_OPEN, pid, 0);

/**
 * Sends a signal to the process behind the descriptor, and never to another.
 * @throws LinuxError, ESRCH when it is gone
 */
export const signalPidfd = (pidfd: number, signal: number): void => {
  send(SYS_PIDFD_SEND_SIGNAL, pidfd, signal, null, 0);
};
