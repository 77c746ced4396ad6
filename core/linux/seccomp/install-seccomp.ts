import koffi from 'koffi';
import { bindNative } from '../libc.ts';
import { LinuxError } from '../linux-error.ts';
import { syscallNumbers } from './syscall-numbers.ts';

const SECCOMP_SET_MODE_FILTER = 1;
const SECCOMP_FILTER_FLAG_TSYNC = 1;
const PR_GET_SECCOMP = 21;
const INSTRUCTION_BYTES = 8;

const syscall = bindNative('seccomp', 'long syscall(long, unsigned int, unsigned int, void*)');
const prctl = bindNative(
  'prctl',
  'int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)',
);

/**
 * Puts a program of `compileSeccomp` on every thread of this process (seccomp(2), TSYNC), for good. Needs
 * no_new_privs, or CAP_SYS_ADMIN.
 * @throws LinuxError; no thread has the filter then
 */
export const installSeccomp = (program: Uint8Array): void => {
  // struct sock_fprog: a 16-bit count, padding, and where the instructions lie. Node keeps no typed array on
  // V8's heap, so the bytes stay where they are while `program` is referenced.
  const header = Buffer.alloc(16);
  header.writeUInt16LE(program.length / INSTRUCTION_BYTES, 0);
  header.writeBigUInt64LE(koffi.address(program), 8);
  const stranger = syscall(
    callNumber(),
    SECCOMP_SET_MODE_FILTER,
    SECCOMP_FILTER_FLAG_TSYNC,
    header,
  );
  // The id of a thread that could not take the filter: the kernel then gave it to none.
  if (stranger !== 0) throw new LinuxError('seccomp', 'ESRCH');
};

const callNumber = (): number => {
  const architecture = process.arch;
  if (architecture !== 'x64' && architecture !== 'arm64') throw new LinuxError('seccomp', 'ENOSYS');
  return syscallNumbers(architecture).get('seccomp') ?? -1;
};

/**
 * How this process is filtered: 0 not at all, 1 strictly, 2 by a program.
 * @throws LinuxError where the filter itself refuses the question
 */
export const seccompMode = (): number => prctl(PR_GET_SECCOMP, 0, 0, 0, 0);
