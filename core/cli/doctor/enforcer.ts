import type { SeccompProfile } from '../../linux/seccomp/seccomp-profile.ts';
import type { KernelLayer } from '../../protocol/lock-facts.ts';

/** The layers that were seen to stand in a process, and the rules of the two that have some. */
export interface Standing {
  readonly layers: readonly KernelLayer[];
  readonly landlockAbi: number;
  readonly seccomp: SeccompProfile;
}

const MEMORY_CALLS: readonly string[] = ['mmap', 'mprotect'];
const SIGNAL_SCOPE_SINCE = 6;

/**
 * The layer that gave an answer, read from the errno and from what stands; null where nothing of the wall
 * did. A kernel also says EPERM and EACCES to a user without rights, and that is no wall: such an answer counts
 * only for a layer that was seen to refuse, and only for a call that its rules refuse.
 */
export const enforcerOf = (
  { call, answered, right }: { call: string; answered: string; right?: string | undefined },
  { layers, landlockAbi, seccomp }: Standing,
): string | null => {
  switch (answered) {
    case 'EPERM':
    case 'ENOSYS':
      if (layers.includes('seccomp') && refuses(seccomp, call)) return `seccomp: ${call}`;
      return call === 'kill' && layers.includes('landlock') && landlockAbi >= SIGNAL_SCOPE_SINCE
        ? 'landlock: signal'
        : null;
    case 'EACCES':
      if (MEMORY_CALLS.includes(call)) return layers.includes('mdwe') ? 'mdwe' : null;
      return right !== undefined && layers.includes('landlock') ? `landlock: ${right}` : null;
    case 'EBADF':
      return call === 'read' ? 'spawner: close-on-exec' : null;
    default:
      return null;
  }
};

// A call that is let through with some arguments may be refused with others, so only what is let through
// with all of them is not refused.
const refuses = ({ defaultAction, syscalls }: SeccompProfile, call: string): boolean => {
  const rules = syscalls.filter(({ names }) => names.includes(call));
  return defaultAction === 'SCMP_ACT_ALLOW'
    ? rules.some(({ action }) => action !== 'SCMP_ACT_ALLOW')
    : !rules.some(({ action, args = [] }) => action === 'SCMP_ACT_ALLOW' && args.length === 0);
};
