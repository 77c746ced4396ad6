import { bindNative, cString } from './libc.ts';

/** The same on x86-64 and arm64; glibc has no function for it. */
const SYS_OPENAT2 = 437;
const HOW_BYTES = 24;

export interface OpenHow {
  readonly flags: number;
  readonly mode: number;
  readonly resolve: number;
}

const syscall = bindNative('openat2', 'long syscall(long, int, const char*, void*, size_t)');

/**
 * openat2(2): opens `path` below a directory descriptor, under the kernel's own rules about links,
 * mounts and `..`, in one step. The answer is a descriptor that the caller closes.
 * @throws LinuxError
 */
export const openat2 = (directory: number, path: string, how: OpenHow): number => {
  const bytes = Buffer.alloc(HOW_BYTES);
  bytes.writeBigUInt64LE(BigInt(how.flags), 0);
  bytes.writeBigUInt64LE(BigInt(how.mode), 8);
  bytes.writeBigUInt64LE(BigInt(how.resolve), 16);
  return syscall(SYS_OPENAT2, directory, cString(path), bytes, HOW_BYTES);
};
