import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inChild } from './in-child.ts';

const asRoot = { skip: process.getuid?.() === 0 ? false : 'needs root' };

it('root drops its groups, and every capability from what an exec may gain', asRoot, () => {
  const { groups, dropped, after } = inChild({}, (linux) => {
    process.setgroups?.([1, 2, 3]);
    const dropped = [linux.dropGroups(), linux.dropBoundingSet()];
    const status = linux.fs.readFileSync('/proc/thread-self/status', 'utf8');
    const set = (name: string) => new RegExp(`^${name}:\\s+(\\S+)$`, 'm').exec(status)?.[1];
    const print = 'process.stdout.write(require("fs").readFileSync("/proc/self/status"))';
    const child = linux.childProcess.spawnSync(process.execPath, ['--eval', print]);
    return {
      dropped,
      groups: process.getgroups?.(),
      after: [set('CapBnd'), set('CapAmb'), /^CapEff:\s+(\S+)$/m.exec(String(child.stdout))?.[1]],
    };
  });
  assert.deepEqual(dropped, [true, true]);
  // Node adds the effective group to the list.
  assert.deepEqual(
    groups?.filter((group) => group !== process.getegid?.()),
    [],
  );
  assert.deepEqual(after, ['0000000000000000', '0000000000000000', '0000000000000000']);
});

it('an ordinary user is told that the kernel refuses', () => {
  const answers = inChild({ ordinary: true }, (linux) => [
    linux.dropGroups(),
    linux.dropBoundingSet(),
  ]);
  assert.deepEqual(answers, [false, false]);
});
