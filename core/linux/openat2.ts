import { bindAttempt, cString } from './libc.ts';
import { LinuxError } from './linux-error.ts';
import { openSegments } from './open-segments.ts';

/** The same on x86-64 and arm64; glibc has no function for it. */
const SYS_OPENAT2 = 437;
const HOW_BYTES = 24;

export interface OpenHow {
  readonly flags: number;
  readonly mode: number;
  readonly resolve: number;
}

const syscall = bindAttempt('long syscall(long, int, const char*, void*, size_t)');

/**
 * openat2(2): opens `path` below a directory descriptor, under the kernel's own rules about links,
 * mounts and `..`, in one step. The answer is a descriptor that the caller closes. Where a filter takes the
 * call away, lookups that forbid links are made segment by segment under the same rules.
 * @throws LinuxError
 */
export const openat2 = (directory: number, path: string, how: OpenHow): number => {
  const bytes = Buffer.alloc(HOW_BYTES);
  bytes.writeBigUInt64LE(BigInt(how.flags), 0);
  bytes.writeBigUInt64LE(BigInt(how.mode), 8);
  bytes.writeBigUInt64LE(BigInt(how.resolve), 16);
  const { value, errno } = syscall(SYS_OPENAT2, directory, cString(path), bytes, HOW_BYTES);
  if (errno === 'ENOSYS') return openSegments(directory, path, how);
  if (errno !== null) throw new LinuxError('openat2', errno);
  return value;
};
