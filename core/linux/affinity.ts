import { readdirSync } from 'node:fs';
import { bindAttempt } from './libc.ts';
import { LinuxError } from './linux-error.ts';

/** As many cores as a mask of this call can name; the kernel fills a shorter mask up with zeroes. */
const MOST_CORES = 1024;

const trySetAffinity = bindAttempt('int sched_setaffinity(int, size_t, void*)');

/**
 * Pins every thread of this process to one core. A thread takes its mask from the one that starts it, so
 * the threads are listed again until a list holds nobody new. Reads `/proc/self/task`: before the lock.
 * @throws LinuxError when this process may not run on that core
 */
export const pinToCore = (core: number): void => {
  const mask = maskOf(core);
  const pinned = new Set<string>();
  for (let fresh = threads(); fresh.length > 0; fresh = threads().filter((id) => !pinned.has(id))) {
    for (const id of fresh) {
      pinned.add(id);
      const { errno } = trySetAffinity(Number(id), mask.length, mask);
      // A thread that ended meanwhile needs no core.
      if (errno !== null && errno !== 'ESRCH') throw new LinuxError('sched_setaffinity', errno);
    }
  }
};

const threads = (): readonly string[] => readdirSync('/proc/self/task');

const maskOf = (core: number): Uint8Array => {
  if (!Number.isInteger(core) || core < 0 || core >= MOST_CORES) {
    throw new LinuxError('sched_setaffinity', 'EINVAL');
  }
  const mask = Buffer.alloc(MOST_CORES / 8);
  mask[core >> 3] = 1 << (core & 7);
  return mask;
};
