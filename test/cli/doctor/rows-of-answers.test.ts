import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Row } from '../../../core/cli/doctor/row.ts';
import { rowsOfAnswers } from '../../../core/cli/doctor/rows-of-answers.ts';
import { parseSeccompProfile } from '../../../core/linux/seccomp/seccomp-profile.ts';
import { KERNEL_LAYERS } from '../../../core/protocol/lock-facts.ts';

const seccomp = parseSeccompProfile({
  defaultAction: 'SCMP_ACT_ERRNO',
  defaultErrnoRet: 1,
  architectures: ['SCMP_ARCH_X86_64'],
  syscalls: [{ names: ['read'], action: 'SCMP_ACT_ALLOW' }],
});
const ATTEMPT = { tried: 'open a file', calls: [], right: 'read_file' };
const answer = (thread: string, answered: string): Answer => ({
  tried: 'open a file',
  thread,
  call: 'openat',
  answered,
});
const rowOf = (...answers: readonly Answer[]): Row | undefined =>
  rowsOfAnswers({ process: 'cell', profile: 'standard' }, [ATTEMPT], answers, {
    layers: KERNEL_LAYERS,
    landlockAbi: 7,
    seccomp,
  })[0];

test('a row holds when every thread was refused, and names each layer once', () => {
  const row = rowOf(answer('main', 'EPERM'), answer('worker', 'EPERM'), answer('pool', 'EACCES'));
  assert.equal(row?.ok, true);
  assert.equal(row?.answered, 'EPERM (main, worker), EACCES (pool)');
  assert.equal(row?.enforcedBy, 'seccomp: openat, landlock: read_file');
});

test('a row fails when one thread got through', () => {
  const row = rowOf(answer('main', 'EPERM'), answer('pool', 'done'));
  assert.equal(row?.ok, false);
  assert.equal(row?.enforcedBy, null);
  assert.equal(row?.answered, 'EPERM (main), done (pool)');
});

test('a row fails when nobody answered', () => {
  assert.deepEqual([rowOf()?.ok, rowOf()?.answered], [false, 'no answer']);
});
