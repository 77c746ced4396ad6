import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inChild } from './in-child.ts';

it('a child inherits no descriptor from the first marked one up', () => {
  const inherited = inChild({}, (linux) => {
    const syscall = linux.bindRawSyscall();
    const fcntl = process.arch === 'x64' ? 72 : 25;
    // F_DUPFD: a copy without close-on-exec, as a shell may leave one behind.
    const [low, high] = [40, 300].map((from) => syscall(fcntl, 1, 0, from).value);
    const inChildren = () => {
      const print = 'process.stdout.write(require("fs").readdirSync("/proc/self/fd").join())';
      const { stdout } = linux.childProcess.spawnSync(process.execPath, ['--eval', print]);
      const open = String(stdout).split(',').map(Number);
      return [low, high].filter((fd) => open.includes(Number(fd)));
    };
    const before = inChildren();
    linux.closeOnExecFrom(41);
    return [before, inChildren()];
  });
  assert.deepEqual(inherited, [[40, 300], [40]]);
});
