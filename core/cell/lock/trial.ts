import type { RawSyscall, SyscallArgument } from '../../linux/raw-syscall.ts';
import { type Architecture, syscallNumbers } from '../../linux/seccomp/syscall-numbers.ts';

/** A forbidden act, tried for real once the layer that forbids it stands. */
interface Act {
  readonly name: string;
  readonly call: string;
  readonly arguments: readonly SyscallArgument[];
  /** Takes back what the call did, where nothing stopped it. */
  readonly undo?: (value: number) => readonly [call: string, ...arguments_: SyscallArgument[]];
}

const CURRENT_FOLDER = -100;
const ANYWHERE = 0;
const PAGE = 4096;
const READ_WRITE_EXECUTE = 7;
const PRIVATE_ANONYMOUS = 0x22;
const DIRECTORY_CLOSE_ON_EXEC = 0o2200000;
const AF_UNIX = 1;
const AF_INET = 2;
const STREAM_CLOSE_ON_EXEC = 0o2000001;
const SIGCHLD = 17;
const CLONE_PIDFD = 0x1000;
const PTRACE_ATTACH = 16;
const PR_SET_DUMPABLE = 4;

const close = (value: number): readonly [string, number] => ['close', value];

export const MAP_WRITABLE_CODE: Act = {
  name: 'map writable executable memory',
  call: 'mmap',
  arguments: [ANYWHERE, PAGE, READ_WRITE_EXECUTE, PRIVATE_ANONYMOUS, -1, 0],
  undo: (value) => ['munmap', value, PAGE],
};

export const LIST_ROOT: Act = {
  name: 'open a folder',
  call: 'openat',
  arguments: [CURRENT_FOLDER, '/', DIRECTORY_CLOSE_ON_EXEC],
  undo: close,
};

/**
 * What seccomp must refuse. Each has a form in which it does no harm when nothing stops it, and in which it then
 * answers something else than the filter does: no such file, no such process, bad address, or success.
 */
export const actsOfSeccomp = (pid: number, parent: number): readonly Act[] => [
  LIST_ROOT,
  MAP_WRITABLE_CODE,
  {
    name: 'open a unix socket',
    call: 'socket',
    arguments: [AF_UNIX, STREAM_CLOSE_ON_EXEC, 0],
    undo: close,
  },
  {
    name: 'open an internet socket',
    call: 'socket',
    arguments: [AF_INET, STREAM_CLOSE_ON_EXEC, 0],
    undo: close,
  },
  { name: 'run a program', call: 'execve', arguments: ['', 0, 0] },
  // The kernel has nowhere to put the descriptor of the child, so none comes to life.
  { name: 'fork', call: 'clone', arguments: [SIGCHLD | CLONE_PIDFD, 0, 0, 0, 0] },
  { name: 'trace a process', call: 'ptrace', arguments: [PTRACE_ATTACH, 0, 0, 0] },
  { name: 'make an io_uring', call: 'io_uring_setup', arguments: [0, 0] },
  { name: 'make a file in memory', call: 'memfd_create', arguments: ['', 0xffff_ffff] },
  { name: 'become dumpable', call: 'prctl', arguments: [PR_SET_DUMPABLE, 7, 0, 0, 0] },
  { name: 'signal itself', call: 'kill', arguments: [pid, 0] },
  { name: 'signal its parent', call: 'kill', arguments: [parent, 0] },
];

/** Tries the acts; answers, as one line each, those that did not end with the refusal of the layer. */
export const holesIn = (
  acts: readonly Act[],
  refusal: 'EPERM' | 'EACCES',
  architecture: Architecture,
  syscall: RawSyscall,
): readonly string[] => {
  const numbers = syscallNumbers(architecture);
  const attempt = (name: string, values: readonly SyscallArgument[]) =>
    syscall(numbers.get(name) ?? -1, ...values);
  return acts.flatMap((act) => {
    const { value, errno } = attempt(act.call, act.arguments);
    if (errno === null) {
      const [call, ...values] = act.undo?.(value) ?? [];
      if (call !== undefined) attempt(call, values);
    }
    return errno === refusal ? [] : [`${act.name}: ${errno ?? 'done'}, expected ${refusal}`];
  });
};
