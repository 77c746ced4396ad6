import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverMissing } from '../../../core/cell/lock/cover.ts';
import { readWall } from '../../../core/cell/read-wall.ts';
import type { LandlockProfile } from '../../../core/linux/landlock/landlock-profile.ts';
import { missingRights } from '../../../core/linux/landlock/rights.ts';
import type { SeccompProfile } from '../../../core/linux/seccomp/seccomp-profile.ts';
import { PROFILE_NAMES } from '../../../core/vocabulary/enums.ts';

const { landlock, seccomp } = readWall('standard');
const allowing = (rule: SeccompProfile['syscalls'][number]): SeccompProfile => ({
  ...seccomp,
  syscalls: [...seccomp.syscalls, rule],
});
const without = (right: 'refer' | 'signal'): LandlockProfile => ({
  ...landlock,
  coveredBy: new Map([...landlock.coveredBy].filter(([name]) => name !== right)),
});

test('under every profile that ships, what an old Landlock lacks is refused by seccomp', () => {
  for (const name of PROFILE_NAMES) {
    const wall = readWall(name);
    for (let abi = 1; abi <= 7; abi += 1) {
      assert.deepEqual(coverMissing(abi, wall.landlock, wall.seccomp), missingRights(abi));
    }
  }
});

test('a kernel without Landlock is refused', () => {
  assert.throws(() => coverMissing(0, landlock, seccomp), {
    code: 'sandbox_unavailable',
    details: { layer: 'landlock' },
  });
});

test('a right that no rule is named for is refused by its name, once the kernel lacks it', () => {
  assert.throws(() => coverMissing(1, without('refer'), seccomp), /`refer`/);
  assert.deepEqual(coverMissing(6, without('refer'), seccomp), []);
  assert.throws(() => coverMissing(5, without('signal'), seccomp), /`signal`/);
});

test('a named call that the seccomp profile lets through covers nothing', () => {
  for (const [call, right] of [
    ['connect', 'connect_tcp'],
    ['ioctl', 'ioctl_dev'],
    ['renameat2', 'refer'],
    ['ftruncate', 'truncate'],
  ] as const) {
    const hole = allowing({ names: [call], action: 'SCMP_ACT_ALLOW' });
    assert.throws(() => coverMissing(1, landlock, hole), new RegExp(`\`${right}\``), call);
  }
  const some = allowing({
    names: ['socket'],
    action: 'SCMP_ACT_ALLOW',
    args: [{ index: 0, value: 1, op: 'SCMP_CMP_EQ' }],
  });
  assert.throws(() => coverMissing(3, landlock, some), /`bind_tcp`/);
  assert.throws(() => coverMissing(1, landlock, { ...seccomp, defaultAction: 'SCMP_ACT_ALLOW' }));
});
