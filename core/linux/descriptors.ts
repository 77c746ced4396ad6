import { fstatSync, readdirSync, readlinkSync } from 'node:fs';
import { isatty } from 'node:tty';

export type DescriptorKind =
  | 'socket'
  | 'pipe'
  | 'epoll'
  | 'eventfd'
  | 'io_uring'
  | 'timerfd'
  | 'file'
  | 'folder'
  | 'tty'
  | 'other';

export interface Descriptor {
  readonly fd: number;
  readonly kind: DescriptorKind;
  /** What `/proc/self/fd` says that it is: a path, or `socket:[…]`, `anon_inode:[…]`. */
  readonly target: string;
}

/** What the kernel says of one open descriptor. */
export interface DescriptorFacts {
  readonly fd: number;
  readonly target: string;
  /** `st_mode` of fstat(2). */
  readonly mode: number;
  readonly terminal: boolean;
}

const S_IFMT = 0o170000;
const KIND_OF_TYPE: ReadonlyMap<number, DescriptorKind> = new Map([
  [0o140000, 'socket'],
  [0o100000, 'file'],
  [0o060000, 'other'],
  [0o040000, 'folder'],
  [0o020000, 'other'],
  [0o010000, 'pipe'],
]);
const KIND_OF_ANONYMOUS: ReadonlyMap<string, DescriptorKind> = new Map([
  ['anon_inode:[eventpoll]', 'epoll'],
  ['anon_inode:[eventfd]', 'eventfd'],
  ['anon_inode:[io_uring]', 'io_uring'],
  ['anon_inode:[timerfd]', 'timerfd'],
]);

/**
 * What each open descriptor of this process is. A device that is no terminal is `other`, `/dev/null`
 * among them. Reads `/proc/self/fd`: before the lock.
 */
export const describeDescriptors = (
  list: () => readonly DescriptorFacts[] = ownDescriptors,
): readonly Descriptor[] =>
  list().map(({ fd, target, mode, terminal }) => ({
    fd,
    target,
    kind: terminal ? 'tty' : kindOf(target, mode),
  }));

// A file may be called anything, so its type decides; only what has no path, and so no leading slash, goes
// by the name that the kernel gave it: its type is none in old kernels and that of a file in new ones.
const kindOf = (target: string, mode: number): DescriptorKind =>
  target.startsWith('anon_inode:')
    ? (KIND_OF_ANONYMOUS.get(target) ?? 'other')
    : (KIND_OF_TYPE.get(mode & S_IFMT) ?? 'other');

const ownDescriptors = (): readonly DescriptorFacts[] =>
  readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      const fd = Number(name);
      const target = readlinkSync(`/proc/self/fd/${name}`);
      return [{ fd, target, mode: fstatSync(fd).mode, terminal: isatty(fd) }];
    } catch (thrown) {
      // The descriptor of this very listing is in it, and closed by now. Nothing else may go unseen.
      if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'EBADF') return [];
      throw thrown;
    }
  });

const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
