import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inChild } from './in-child.ts';

it('processControls tells what was set, and that nothing is at first', () => {
  const states = inChild({ flags: ['--jitless'] }, (linux) => {
    const before = linux.processControls();
    linux.setNoNewPrivileges();
    linux.denyWriteExecute({ inherited: true });
    linux.setNotDumpable();
    return [before, linux.processControls()];
  });
  assert.deepEqual(states, [
    { noNewPrivileges: false, denyWriteExecute: false, dumpable: true },
    { noNewPrivileges: true, denyWriteExecute: true, dumpable: false },
  ]);
});

it('memory that was writable never becomes executable, nor is any both at once', () => {
  const answers = inChild({ flags: ['--jitless'] }, (linux) => {
    const syscall = linux.bindRawSyscall();
    const x64 = process.arch === 'x64';
    const map = (protection: number) =>
      syscall(x64 ? 9 : 222, 0, 4096, protection, 0x22 /* private, anonymous */, -1, 0);
    const executable = (at: number) =>
      syscall(x64 ? 10 : 226, at, 4096, 5 /* read, execute */).errno;
    const before = [map(7).errno, executable(map(3).value)];
    linux.denyWriteExecute({ inherited: true });
    return [...before, map(7).errno, executable(map(3).value)];
  });
  assert.deepEqual(answers, [null, null, 'EACCES', 'EACCES']);
});

it('the refusal of executable memory reaches children when it is inherited, and only then', () => {
  const child = (inherited: boolean) =>
    inChild(
      { flags: ['--jitless'] },
      (linux, inherit) => {
        linux.denyWriteExecute({ inherited: inherit });
        const script = 'process.exit(0)';
        const run = (flags: readonly string[]) =>
          linux.childProcess.spawnSync(process.execPath, [...flags, '--eval', script]).status;
        return [linux.processControls().denyWriteExecute, run(['--jitless']), run([])];
      },
      inherited,
    );
  assert.deepEqual(child(false), [true, 0, 0]);
  const [set, jitless, compiling] = child(true);
  assert.deepEqual([set, jitless], [true, 0]);
  assert.notEqual(compiling, 0);
});

it('a process that is not dumpable hides its /proc entries from its own user', () => {
  const answers = inChild({ ordinary: true }, (linux) => {
    const look = () => linux.outcome(() => linux.fs.readFileSync('/proc/self/environ'));
    const before = look();
    linux.setNotDumpable();
    return [before, look()];
  });
  assert.deepEqual(answers, ['allowed', 'EACCES']);
});

it('the core limit becomes 0, soft and hard', () => {
  const limits = inChild({}, (linux) => {
    linux.forbidCoreDumps();
    const text = linux.fs.readFileSync('/proc/self/limits', 'utf8');
    return /^Max core file size +(\d+) +(\d+)/m.exec(text)?.slice(1);
  });
  assert.deepEqual(limits, ['0', '0']);
});
