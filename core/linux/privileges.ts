import { bindAttempt, bindNative } from './libc.ts';
import { LinuxError } from './linux-error.ts';

const PR_CAPBSET_READ = 23;
const PR_CAPBSET_DROP = 24;
const PR_CAP_AMBIENT = 47;
const PR_CAP_AMBIENT_CLEAR_ALL = 4;
/** Capability sets are 64 bits wide; the kernel says which of them it knows. */
const MOST_CAPABILITIES = 64;

/** capabilities(7): a version and a thread, then two times the lower and upper half of three sets. */
const LINUX_CAPABILITY_VERSION_3 = 0x20080522;
const CAPABILITY_HEADER_BYTES = 8;
const CAPABILITY_SETS_BYTES = 24;
const INHERITABLE_AT = [8, 20] as const;

const PROTOTYPE = 'int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)';
const prctl = bindNative('prctl', PROTOTYPE);
const tryPrctl = bindAttempt(PROTOTYPE);
const capget = bindNative('capget', 'int capget(void*, void*)');
const capset = bindNative('capset', 'int capset(void*, void*)');
const trySetgroups = bindAttempt('int setgroups(size_t, void*)');

/**
 * Drops supplementary groups where it may (attack 213); false where the kernel refuses: an ordinary user
 * cannot give up a group, since some files refuse a group what they allow to everyone.
 * @throws LinuxError for any other failure
 */
export const dropGroups = (): boolean => done('setgroups', trySetgroups(0, null).errno);

/**
 * Takes every capability that the kernel knows out of the bounding set, and empties the ambient set, of
 * the calling thread and what it starts: no exec gains one of them again (attack 213). False without
 * CAP_SETPCAP; then no capability leaves the bounding set, and the ambient set is empty all the same.
 * @throws LinuxError for any other failure
 */
export const dropBoundingSet = (): boolean => {
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  for (let capability = 0; capability < MOST_CAPABILITIES; capability += 1) {
    if (tryPrctl(PR_CAPBSET_READ, capability, 0, 0, 0).errno === 'EINVAL') break;
    if (!done('prctl', tryPrctl(PR_CAPBSET_DROP, capability, 0, 0, 0).errno)) return false;
  }
  return true;
};

/**
 * Empties the inheritable set of the calling thread and what it starts, which a change of user leaves as it
 * was (attack 213). Nobody needs a right to give this up.
 * @throws LinuxError
 */
export const dropInheritableSet = (): void => {
  const header = Buffer.alloc(CAPABILITY_HEADER_BYTES);
  header.writeUInt32LE(LINUX_CAPABILITY_VERSION_3, 0);
  const sets = Buffer.alloc(CAPABILITY_SETS_BYTES);
  capget(header, sets);
  for (const at of INHERITABLE_AT) sets.writeUInt32LE(0, at);
  capset(header, sets);
};

const done = (call: string, errno: string | null): boolean => {
  if (errno !== null && errno !== 'EPERM') throw new LinuxError(call, errno);
  return errno === null;
};
