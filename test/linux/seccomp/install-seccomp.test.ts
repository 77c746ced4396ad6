import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { installSeccomp, seccompMode } from '../../../core/linux/seccomp/install-seccomp.ts';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const start = (t: TestContext, program: string): Child => {
  const child = spawn(
    process.execPath,
    [
      '--jitless',
      '--no-node-snapshot',
      fileURLToPath(new URL(`locked/${program}.js`, import.meta.url)),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'], env: {} },
  );
  // A locked process that fails cannot even exit: it hangs in the flush of its output.
  t.after(() => child.kill('SIGKILL'));
  return child;
};

/** What the locked process found, and the seccomp mode of each of its threads meanwhile. */
const run = async (
  t: TestContext,
  program: string,
): Promise<{ found: unknown; modes: readonly string[] }> => {
  const child = start(t, program);
  const lines: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString('utf8')));
  const exited = once(child, 'exit');
  const said = once(createInterface(child.stdout), 'line');
  const [line] = await Promise.race([
    said,
    exited.then((end) => assert.fail(`ended by ${end}: ${lines.join('')}`)),
  ]);
  const threads = `/proc/${child.pid}/task`;
  const modes: string[] = [];
  for (const thread of await readdir(threads)) {
    const status = await readFile(join(threads, thread, 'status'), 'utf8');
    modes.push(/^Seccomp:\s+(\d)$/m.exec(status)?.[1] ?? status);
  }
  child.stdin.end('end');
  const [, signal] = await exited;
  assert.equal(signal, 'SIGKILL');
  return { found: JSON.parse(String(line)), modes };
};

test('under cell.json isolates work and every way out is refused, on every thread', async (t) => {
  const { found, modes } = await run(t, 'cell');
  assert.deepEqual(found, {
    answer: '42',
    endless: 'Error: Script execution timed out.',
    memory: 'disposed',
    again: '5',
    parallel: '11111111',
    open: 'EPERM',
    openFromPool: 'EPERM',
    socket: 'EPERM',
    connect: 'EPERM',
    execve: 'EPERM',
    execveat: 'EPERM',
    fork: 'EPERM',
    namespace: 'EPERM',
    clone3: 'ENOSYS',
    ptrace: 'EPERM',
    readMemory: 'EPERM',
    killParent: 'EPERM',
    // Of two filters with equal actions the later one answers: the inherited one would have said ENOSYS.
    ring: 'EPERM',
    bpf: 'EPERM',
    memfd: 'EPERM',
    userfaultfd: 'EPERM',
    pidfd: 'EPERM',
    dumpable: 'EPERM',
    owner: 'EPERM',
    executable: 'EPERM',
    chmod: 'EPERM',
    relock: 'EPERM',
  });
  assert.ok(modes.length > 5, `${modes.length} threads`);
  assert.deepEqual(new Set(modes), new Set(['2']));
});

test('under broker.json files, database, sockets and workers work, and the rest is refused', async (t) => {
  const { found, modes } = await run(t, 'broker');
  assert.deepEqual(found, {
    files: 'ok',
    database: 'ok',
    unixSocket: 'ok',
    loopback: 'ok',
    worker: 'ok',
    spawn: 'EPERM',
    ipv6: 'EPERM',
    datagram: 'EPERM',
    killParent: 'EPERM',
    executable: 'EPERM',
    cleanup: 'ok',
  });
  assert.ok(modes.length > 5, `${modes.length} threads`);
  assert.deepEqual(new Set(modes), new Set(['2']));
});

test('a call by an x32 number ends the process with SIGSYS', {
  skip: process.arch !== 'x64',
}, async (t) => {
  const [, signal] = await once(start(t, 'x32'), 'exit');
  assert.equal(signal, 'SIGSYS');
});

test('a program that the kernel refuses is an error and leaves the process as it was', () => {
  assert.equal(seccompMode(), 0);
  assert.throws(() => installSeccomp(new Uint8Array(8)), { name: 'LinuxError' });
  assert.throws(() => installSeccomp(new Uint8Array(0)), { code: 'EINVAL' });
  assert.equal(seccompMode(), 0);
});
