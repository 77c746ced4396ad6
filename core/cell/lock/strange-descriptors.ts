import type { Descriptor } from '../../linux/descriptors.ts';

const STDIN = 0;
const CHANNEL = 3;
/** What libuv's loops and isolated-vm keep for themselves: nothing outside can be reached through it. */
const OWN_KINDS: ReadonlySet<Descriptor['kind']> = new Set(['epoll', 'eventfd', 'pipe']);

/**
 * The descriptors that a cell may not hold. An open one is authority that no later layer takes
 * away: read and write stay allowed, so a file, folder, terminal or second socket would be the cell's to
 * use, and a ring does its work where seccomp does not look (attack 131).
 */
export const strangeDescriptors = (open: readonly Descriptor[]): readonly Descriptor[] =>
  open.filter((descriptor) => !belongs(descriptor));

const belongs = ({ fd, kind, target }: Descriptor): boolean => {
  if (fd === CHANNEL) return kind === 'socket';
  // Node keeps one more of these than it was given.
  if (kind === 'other' && target === '/dev/null') return true;
  if (fd === STDIN) return false;
  return fd < CHANNEL ? kind === 'pipe' : OWN_KINDS.has(kind);
};
