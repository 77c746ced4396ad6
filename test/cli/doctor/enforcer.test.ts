import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enforcerOf, type Standing } from '../../../core/cli/doctor/enforcer.ts';
import { parseSeccompProfile } from '../../../core/linux/seccomp/seccomp-profile.ts';
import { KERNEL_LAYERS } from '../../../core/protocol/lock-facts.ts';

const seccomp = parseSeccompProfile({
  defaultAction: 'SCMP_ACT_ERRNO',
  defaultErrnoRet: 1,
  architectures: ['SCMP_ARCH_X86_64'],
  syscalls: [
    { names: ['read'], action: 'SCMP_ACT_ALLOW' },
    {
      names: ['mmap'],
      action: 'SCMP_ACT_ALLOW',
      args: [{ index: 2, value: 4, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }],
    },
  ],
});
const whole: Standing = { layers: KERNEL_LAYERS, landlockAbi: 7, seccomp };
const without = (layer: string): Standing => ({
  ...whole,
  layers: KERNEL_LAYERS.filter((name) => name !== layer),
});

test('an EPERM is the work of seccomp where its profile refuses the call', () => {
  assert.equal(enforcerOf({ call: 'openat', answered: 'EPERM' }, whole), 'seccomp: openat');
  assert.equal(enforcerOf({ call: 'mmap', answered: 'EPERM' }, whole), 'seccomp: mmap');
});

test('an EPERM is nobody’s work where seccomp does not stand, or lets the call through', () => {
  assert.equal(enforcerOf({ call: 'openat', answered: 'EPERM' }, without('seccomp')), null);
  assert.equal(enforcerOf({ call: 'read', answered: 'EPERM' }, whole), null);
});

test('an EACCES is the work of landlock for a right, of mdwe for memory, else of nobody', () => {
  const open = { call: 'openat', answered: 'EACCES', right: 'read_file' };
  assert.equal(enforcerOf(open, whole), 'landlock: read_file');
  assert.equal(enforcerOf(open, without('landlock')), null);
  assert.equal(enforcerOf({ call: 'openat', answered: 'EACCES' }, whole), null);
  assert.equal(enforcerOf({ call: 'mmap', answered: 'EACCES' }, whole), 'mdwe');
  assert.equal(enforcerOf({ call: 'mmap', answered: 'EACCES' }, without('mdwe')), null);
});

test('a signal is kept in by landlock from its version 6 on, where no filter refuses it', () => {
  const open = parseSeccompProfile({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: ['SCMP_ARCH_X86_64'],
    syscalls: [{ names: ['read'], action: 'SCMP_ACT_ALLOW' }],
  });
  const kill = { call: 'kill', answered: 'EPERM' };
  assert.equal(enforcerOf(kill, { ...whole, seccomp: open }), 'landlock: signal');
  assert.equal(enforcerOf(kill, { ...whole, seccomp: open, landlockAbi: 5 }), null);
});

test('whatever else a kernel answers is no wall', () => {
  for (const answered of ['done', 'ENOENT', 'ENOMEM', 'EFAULT', 'ECONNREFUSED', '']) {
    assert.equal(enforcerOf({ call: 'openat', answered, right: 'read_file' }, whole), null);
  }
});
