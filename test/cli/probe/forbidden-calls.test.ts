import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forbiddenGroup } from '../../../core/cli/probe/forbidden-calls.ts';

const OWN = 100;
const groupOf = (call: string, ...args: readonly (number | null)[]) =>
  forbiddenGroup({ call, args }, OWN);

test('every group of attack 204 is forbidden', () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    files: ['open', 'openat', 'openat2', 'statx', 'chmod', 'rename', 'memfd_create'],
    sockets: ['socket', 'connect', 'sendmsg'],
    programs: ['execve', 'execveat', 'fork', 'vfork', 'unshare', 'setns'],
    processes: ['ptrace', 'process_vm_readv', 'pidfd_open', 'pidfd_send_signal'],
    kernel: ['io_uring_setup', 'bpf', 'userfaultfd', 'mount', 'keyctl'],
    rights: ['setuid', 'setgroups', 'capset'],
  };
  for (const [group, calls] of Object.entries(expected)) {
    for (const call of calls) assert.equal(groupOf(call), group, call);
  }
});

test('a signal is forbidden to all but the own threads, a clone but for a thread, a mapping where it runs', () => {
  assert.equal(groupOf('kill', OWN, 9), 'processes');
  assert.equal(groupOf('tgkill', 1, 1, 9), 'processes');
  assert.equal(groupOf('tgkill', OWN, 1, 9), undefined);
  assert.equal(groupOf('clone', 0x003d0f00), undefined);
  assert.equal(groupOf('clone', 17), 'programs');
  assert.equal(groupOf('mmap', 0, 4096, 7), 'memory');
  assert.equal(groupOf('mmap', 0, 4096, 3), undefined);
  assert.equal(groupOf('mprotect', null, 4096, 5), 'memory');
});

test('a call of another entry, which has a number and no name, is forbidden', () => {
  assert.equal(groupOf(String(0x4000_0002)), 'unknown');
});

test('what a locked cell lives by is not forbidden', () => {
  for (const call of ['read', 'write', 'futex', 'munmap', 'getpid', 'exit_group', 'close']) {
    assert.equal(groupOf(call), undefined, call);
  }
});
