import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CellProcess } from '../../core/broker/supervisor/cell-process.ts';
import { openSession } from '../../core/broker/supervisor/session.ts';
import { refuseRings } from '../../core/linux/seccomp/refuse-rings.ts';
import { KERNEL_LAYERS } from '../../core/protocol/messages.ts';
import { cellCommand } from '../../core/spawner/cell-command.ts';
import { handleOf, jobOf, STANDARD } from '../broker/supervisor/job.ts';
import { guestBody } from '../harness/many-guests.ts';

const GUESTS = 200;
const MAIN = fileURLToPath(new URL('../../core/cell/main.js', import.meta.url));
const IN_CI = process.env['CI'] === 'true';
const AS_ROOT = process.getuid?.() === 0;

/** False when strace can be had, else why not: CI installs it, a user's machine is left as it is. */
const withoutStrace = (): string | false => {
  if (spawnSync('strace', ['-V']).status === 0) return false;
  if (!IN_CI) return 'strace is not installed';
  if (!AS_ROOT) throw new Error('strace is not installed, and only root can install it');
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'strace']);
  return false;
};

// strace follows a process that nobody may trace but root.
const skip = AS_ROOT ? withoutStrace() : 'only root can trace a cell';

/** What glibc and V8 ask after the lock about the machine, and do without. */
const ASKED_IN_VAIN: readonly string[] = [
  '/sys/devices/system/cpu/online',
  '/proc/stat',
  '/proc/sys/vm/overcommit_memory',
  '/sys/devices/system/cpu/cpu0/tsc_freq_khz',
];

const startTraced = (t: TestContext, trace: string): CellProcess => {
  // What a cell inherits from the spawner, whose whole filter refuses the tracing as well.
  refuseRings();
  const calls = 'trace=%file,%network,%process,seccomp';
  const command = cellCommand({ main: MAIN, profile: 'standard', weak: false, core: 0 });
  const child = spawn('strace', ['-f', '-o', trace, '-e', calls, process.execPath, ...command], {
    env: { NODE_V8_COVERAGE: undefined },
    cwd: '/',
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const channel = child.stdio[3];
  if (!(channel instanceof Duplex)) throw new Error('a cell without a channel');
  return {
    pid: child.pid ?? 0,
    channel,
    exited: new Promise((resolve) => {
      child.once('close', (code, signal) => resolve({ code, signal }));
    }),
    usage: async () => ({ cpuMs: 0, rssBytes: 0, peakRssBytes: 0 }),
    kill: () => channel.destroy(),
  };
};

test('wall.order: a cell that has said hello opens, connects to and starts nothing over 200 guests', {
  skip,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-order-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const trace = join(folder, 'trace');
  const cell = startTraced(t, trace);
  const session = await openSession(cell, STANDARD, ({ message }) => assert.fail(message));
  assert.deepEqual(session.layers, [...KERNEL_LAYERS]);
  const handle = handleOf('path', { read: async () => ({ text: 'read' }) });
  let completed = 0;
  for (let n = 0; n < GUESTS; n += 1) {
    const { outcome, after } = await session.run(
      jobOf(guestBody(n), {
        handles: [handle],
        limits: { cpu_ms: 150, wall_ms: 1000, heap_mb: 16 },
      }),
    );
    if (outcome.kind === 'completed') completed += 1;
    assert.notEqual(
      await after,
      'gone',
      `the cell ended with guest ${n}: ${JSON.stringify(outcome)}`,
    );
  }
  assert.ok(completed > GUESTS / 2, `${completed} guests completed`);
  session.dismiss();
  await session.ended;

  const lines = readFileSync(trace, 'utf8').split('\n');
  const locked = lines.findIndex((line) => /seccomp\(SECCOMP_SET_MODE_FILTER.*= 0$/.test(line));
  assert.ok(locked > 0, 'the trace holds no lock');
  assert.ok(
    lines.slice(0, locked).some((line) => /openat\(.*= \d+$/.test(line)),
    'the trace holds no open before the lock, so it would show none after it',
  );
  const after = lines.slice(locked + 1).filter((line) => /\w+\(|resumed>/.test(line));
  const done = after.filter((line) => / = \d+/.test(line) && !isThread(line));
  assert.deepEqual(done, []);
  // Whatever is tried at all is the trial of the lock itself, or known and done without.
  const paths = after.flatMap((line) => /openat\(AT_FDCWD, "([^"]*)"/.exec(line)?.[1] ?? []);
  const [trial, ...tried] = paths;
  assert.equal(trial, '/');
  assert.deepEqual(
    tried.filter((path) => !ASKED_IN_VAIN.includes(path)),
    [],
  );
});

/** A thread of its own is all that a cell may still start. */
const isThread = (line: string): boolean =>
  /clone\(.*CLONE_THREAD/.test(line) || /<\.\.\. clone resumed>/.test(line);
