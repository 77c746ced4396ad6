import assert from 'node:assert/strict';
import { closeSync, readSync } from 'node:fs';
import { test } from 'node:test';
import { bindRawSyscall } from '../../core/linux/raw-syscall.ts';

const syscall = bindRawSyscall();
const NUMBERS =
  process.arch === 'x64'
    ? { getpid: 39, openat: 257, read: 0 }
    : { getpid: 172, openat: 56, read: 63 };

test('a raw call takes numbers, texts and bytes, and answers what the kernel answers', () => {
  assert.deepEqual(syscall(NUMBERS.getpid), { value: process.pid, errno: null });
  const { value } = syscall(NUMBERS.openat, -100, '/dev/zero', 0);
  const bytes = Buffer.alloc(4, 1);
  assert.deepEqual(syscall(NUMBERS.read, value, bytes, 3n), { value: 3, errno: null });
  assert.deepEqual([...bytes], [0, 0, 0, 1]);
  assert.equal(readSync(value, bytes), 4);
  closeSync(value);
});

test('a raw call that fails answers -1 and the name of errno', () => {
  assert.deepEqual(syscall(NUMBERS.openat, -100, '/none', 0), { value: -1, errno: 'ENOENT' });
  assert.deepEqual(syscall(NUMBERS.openat, -100, 0xffff_ffff_ffff_0000n, 0), {
    value: -1,
    errno: 'EFAULT',
  });
  assert.equal(syscall(999).errno, 'ENOSYS');
});
