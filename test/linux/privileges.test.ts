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

it('the ambient set is emptied, which an exec would have made effective', asRoot, () => {
  const sets = inChild({}, (linux) => {
    const syscall = linux.bindRawSyscall();
    const [capset, prctl] = process.arch === 'x64' ? [126, 157] : [91, 167];
    const read = () => {
      const status = linux.fs.readFileSync('/proc/thread-self/status', 'utf8');
      return /^CapAmb:\s+(\S+)$/m.exec(status)?.[1];
    };
    // struct of version 3 for this thread, then CAP_CHOWN as effective, permitted and inheritable.
    const header = Buffer.alloc(8);
    header.writeUInt32LE(0x20080522, 0);
    const data = Buffer.alloc(24);
    for (const at of [0, 4, 8]) data.writeUInt32LE(1, at);
    syscall(capset, header, data);
    syscall(prctl, 47, 2 /* raise */, 0, 0, 0);
    return [read(), linux.dropBoundingSet(), read()];
  });
  assert.deepEqual(sets, ['0000000000000001', false, '0000000000000000']);
});

it('the inheritable set is emptied, also by an ordinary user', () => {
  const sets = inChild({ ordinary: true }, (linux) => {
    linux.dropInheritableSet();
    const status = linux.fs.readFileSync('/proc/thread-self/status', 'utf8');
    return /^CapInh:\s+(\S+)$/m.exec(status)?.[1];
  });
  assert.equal(sets, '0000000000000000');
});

it('what root could pass on by an exec is emptied', asRoot, () => {
  const sets = inChild({}, (linux) => {
    const syscall = linux.bindRawSyscall();
    const read = () => {
      const status = linux.fs.readFileSync('/proc/thread-self/status', 'utf8');
      return ['CapInh', 'CapPrm'].map(
        (set) => new RegExp(`^${set}:\\s+(\\S+)$`, 'm').exec(status)?.[1],
      );
    };
    const header = Buffer.alloc(8);
    header.writeUInt32LE(0x20080522, 0);
    const data = Buffer.alloc(24);
    // CAP_CHOWN below, CAP_BPF above
    for (const at of [0, 4, 8]) data.writeUInt32LE(1, at);
    for (const at of [12, 16, 20]) data.writeUInt32LE(1 << 7, at);
    syscall(process.arch === 'x64' ? 126 : 91, header, data);
    const before = read();
    linux.dropInheritableSet();
    return [before, read()];
  });
  assert.deepEqual(sets, [
    ['0000008000000001', '0000008000000001'],
    ['0000000000000000', '0000008000000001'],
  ]);
});
