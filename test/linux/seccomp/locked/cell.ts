import { pbkdf2 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import ivm from 'isolated-vm';
import { bindNative } from '../../../../core/linux/libc.ts';
import { syscallNumbers } from '../../../../core/linux/seccomp/syscall-numbers.ts';
import { outcome, prepareLock, report, withoutRing } from './lock.ts';

/** A process under `cell.json` that does what a cell does, then what it may not. */

withoutRing();
const syscall = bindNative('syscall', 'long syscall(long, long, long, long, long, long)');
const numbers = syscallNumbers(process.arch === 'arm64' ? 'arm64' : 'x64');
const raw = (name: string, ...args: readonly number[]) => {
  const number = numbers.get(name);
  if (number === undefined) throw new Error(`no ${name}`);
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = args;
  return outcome(() => syscall(number, a, b, c, d, e));
};
const run = async (source: string, timeout = 10_000): Promise<string> => {
  const isolate = new ivm.Isolate({ memoryLimit: 16 });
  try {
    const context = await isolate.createContext();
    return String(await context.eval(source, { timeout }));
  } catch (error) {
    return isolate.isDisposed ? 'disposed' : String(error);
  } finally {
    if (!isolate.isDisposed) isolate.dispose();
  }
};

// The pool's threads exist before the lock, so that the filter must reach them.
await promisify(pbkdf2)('a', 'b', 1, 8, 'sha256');
process.stdin.resume();
prepareLock('cell')();

report({
  answer: await run('6 * 7'),
  endless: await run('for (;;);', 100),
  memory: await run('const kept = []; for (;;) kept.push(new Array(1e4).fill(0.5));'),
  again: await run('"after".length'),
  parallel: (await Promise.all(Array.from({ length: 8 }, () => run('1')))).join(''),
  open: await outcome(() => readFileSync('/etc/passwd')),
  openFromPool: await outcome(() => readFile('/etc/passwd')),
  socket: await raw('socket', 1, 1, 0),
  connect: await raw('connect', 3, 0, 0),
  execve: await raw('execve', 0, 0, 0),
  execveat: await raw('execveat', -100, 0, 0, 0, 0),
  fork: await raw('clone', 17),
  namespace: await raw('clone', 0x10000011),
  clone3: await raw('clone3', 0, 0),
  ptrace: await raw('ptrace', 16, process.ppid),
  readMemory: await raw('process_vm_readv', process.ppid, 0, 0, 0, 0),
  killParent: await raw('kill', process.ppid, 9),
  ring: await raw('io_uring_setup', 8, 0),
  bpf: await raw('bpf', 0, 0, 0),
  memfd: await raw('memfd_create', 0, 0),
  userfaultfd: await raw('userfaultfd', 0),
  pidfd: await raw('pidfd_open', process.ppid, 0),
  dumpable: await raw('prctl', 4, 1),
  owner: await raw('fcntl', 1, 8, process.ppid),
  executable: await raw('mmap', 0, 4096, 7, 0x22, -1),
  chmod: await raw('fchmod', 1, 0o777),
  relock: await raw('seccomp', 1, 0, 0),
});
