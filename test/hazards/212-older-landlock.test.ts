import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { coverMissing } from '../../core/cell/lock/cover.ts';
import { readWall } from '../../core/cell/read-wall.ts';
import { missingRights } from '../../core/linux/landlock/rights.ts';
import { PROFILE_NAMES } from '../../core/vocabulary/enums.ts';
import { jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { onOlderThread, runOwned } from '../harness/run-owned.ts';

// A kernel whose Landlock is older than the profile lacks rights. Each has system calls named for it, which
// the filter refuses: read from the profiles, and tried in a cell. That `serve` refuses without any Landlock is
// asserted with attack 215.

const NEWEST_ABI = 7;

test('every right that an older Landlock lacks is covered, and its calls are refused on every thread of a cell', async () => {
  const { landlock, seccomp } = readWall('standard');
  const calls = new Set(
    missingRights(1).flatMap((right) => [...(landlock.coveredBy.get(right) ?? [])]),
  );
  assert.ok(calls.size >= 20, [...calls].join(' '));
  for (let abi = 1; abi <= NEWEST_ABI; abi += 1) {
    assert.deepEqual(coverMissing(abi, landlock, seccomp), missingRights(abi));
  }
  // Arguments that name nothing: whatever is not refused answers something else than the filter.
  const attack = {
    kind: 'script',
    text: `for (const name of ${JSON.stringify([...calls])}) {
      const number = numbers.get(name);
      if (number !== undefined) report(name + ': ' + syscall(number, -100, 0, 0, 0, 0).errno);
    }`,
  } as const;
  for (const each of [attack, onOlderThread(attack)]) {
    const { reports, ended } = await runOwned(each);
    assert.equal(ended, 'returned undefined');
    assert.ok(reports.length >= 15, reports.join(' '));
    assert.deepEqual(
      reports.filter((line) => !line.endsWith(': EPERM')),
      [],
    );
  }
});

test('a profile that leaves a missing right open is refused by the name of the right', () => {
  for (const name of PROFILE_NAMES) {
    const { landlock, seccomp } = readWall(name);
    for (const right of missingRights(1)) {
      const coveredBy = new Map([...landlock.coveredBy].filter(([key]) => key !== right));
      assert.throws(() => coverMissing(1, { ...landlock, coveredBy }, seccomp), {
        code: 'sandbox_unavailable',
        message: new RegExp(`\`${right}\``),
      });
    }
  }
});

const HARNESS = fileURLToPath(new URL('../harness/cell-under-filter.js', import.meta.url));

test('a cell on a kernel without Landlock serves nothing, and the next one on this kernel does', async (t) => {
  const without = [{ names: ['landlock_create_ruleset'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 }];
  for (const profile of PROFILE_NAMES) {
    const told = JSON.parse(
      execFileSync(process.execPath, [HARNESS, JSON.stringify(without), '[]', profile], {
        encoding: 'utf8',
        timeout: 20_000,
      }),
    );
    assert.deepEqual([told.code, told.hello], [1, '']);
    assert.deepEqual(JSON.parse(told.said), {
      layer: 'landlock',
      reason: 'the kernel has no landlock',
    });
  }
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  assert.equal((await supervisor.run(jobOf('return {};'))).kind, 'completed');
});
