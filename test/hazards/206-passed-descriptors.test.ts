import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { after, test } from 'node:test';
import { scriptedLauncher } from '../broker/supervisor/scripted-cell.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';
import { ownedScript, runOwned } from '../harness/run-owned.ts';

// The channel is read by read(2), which has no room for descriptors: the kernel closes what a peer attaches.
// A real cell cannot even try, so a process without its filter stands in for one.

const PASS = new URL('../../core/linux/pass-descriptors.js', import.meta.url).href;
const PIPE = new URL('../../core/linux/pipe.js', import.meta.url).href;

const open = (): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });

test('a locked cell sends no descriptor and receives none', async () => {
  const { reports } = await runOwned(ownedScript('sockets'));
  for (const call of [
    'sendmsg with a descriptor',
    'sendmmsg',
    'recvmsg',
    'recvmmsg',
    'pidfd_getfd',
  ]) {
    assert.ok(reports.includes(`${call}: EPERM`), call);
  }
});

test('descriptors that come up the channel arrive nowhere, and their message ends the cell as violation', async (t) => {
  const launcher = scriptedLauncher(`
    on.run = async () => {
      const { sendDescriptors } = await import(${JSON.stringify(PASS)});
      const { makePipe } = await import(${JSON.stringify(PIPE)});
      for (let turn = 0; turn < 50; turn += 1) {
        const [reading, writing] = makePipe();
        sendDescriptors(3, [reading, writing, 0, 1, 2]);
      }
    };`);
  t.after(launcher.dispose);
  const range = await openHazardRange({ after }, { launcher });
  const before = open();
  const result = await range.attack({ script: 'return {};', asResult: true });
  assertContained(result, 'violation');
  assert.ok(result.since.some(({ event }) => event === 'cell_violation'));
  const kinds = (paths: readonly string[]) =>
    paths.filter((path) => path.startsWith('pipe:')).length;
  const now = open();
  assert.ok(kinds(now) <= kinds(before), `${kinds(now)} pipes, ${kinds(before)} before`);
  // a new cell took the place of the one that ended
  assert.ok(now.length <= before.length + 2, `${now.length} open, ${before.length} before`);
});
