import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSyscallName, syscallNumbers } from '../../../core/linux/seccomp/syscall-numbers.ts';

const x64 = syscallNumbers('x64');
const arm64 = syscallNumbers('arm64');

test('each table names each number once', () => {
  for (const table of [x64, arm64]) {
    const numbers = [...table.values()];
    assert.equal(new Set(numbers).size, numbers.length);
    assert.ok(numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 470));
    assert.ok([...table.keys()].every((name) => /^_?[a-z][a-z0-9_]*$/.test(name)));
  }
  assert.equal(x64.size, 383);
  assert.equal(arm64.size, 325);
});

test('the tables hold the numbers of the kernel at each end of each run', () => {
  const known: readonly (readonly [string, number | undefined, number | undefined])[] = [
    ['read', 0, 63],
    ['open', 2, undefined],
    ['mmap', 9, 222],
    ['clone', 56, 220],
    ['execve', 59, 221],
    ['kill', 62, 129],
    ['ptrace', 101, 117],
    ['prctl', 157, 167],
    ['futex', 202, 98],
    ['epoll_pwait', 281, 22],
    ['accept4', 288, 242],
    ['recvmmsg', 299, 243],
    ['wait4', 61, 260],
    ['seccomp', 317, 277],
    ['bpf', 321, 280],
    ['rseq', 334, 293],
    ['kexec_file_load', 320, 294],
    ['pidfd_send_signal', 424, 424],
    ['io_uring_setup', 425, 425],
    ['clone3', 435, 435],
    ['openat2', 437, 437],
    ['landlock_restrict_self', 446, 446],
    ['mseal', 462, 462],
    ['file_setattr', 469, 469],
  ];
  for (const [name, onX64, onArm64] of known) {
    assert.equal(x64.get(name), onX64, name);
    assert.equal(arm64.get(name), onArm64, name);
  }
});

test('a name counts as known where one architecture has it', () => {
  assert.ok(isSyscallName('open') && isSyscallName('openat'));
  assert.ok(!isSyscallName('opan') && !isSyscallName('') && !isSyscallName('toString'));
});
