import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeSocketLauncher } from '../../../../core/broker/main/powers/cell-socket.ts';
import { jobOf, realSupervisor } from '../../supervisor/job.ts';
import { startSocketUnit } from './socket-unit.ts';

const MB = 1024 * 1024;

test('a step runs in a cell that a socket unit started', async (t) => {
  const { path, slice, cells } = await startSocketUnit(t);
  const supervisor = realSupervisor({ launcher: makeSocketLauncher({ path, slice }) });
  t.after(() => supervisor.close());
  let pid = 0;
  const outcome = await supervisor.run(
    jobOf('return { sum: input.a + 1 };', {
      input: { a: 41 },
      onStarted: (cell) => (pid = cell.pid),
    }),
  );
  assert.deepEqual(outcome.kind === 'completed' && outcome.output, { sum: 42 });
  assert.equal(pid, cells[0]?.pid);
});

test('kill() ends a cell by closing its channel', async (t) => {
  const { path, slice, cells } = await startSocketUnit(t);
  const cell = await makeSocketLauncher({ path, slice }).launch('standard');
  const [child] = cells;
  assert.ok(child !== undefined);
  cell.channel.resume();
  await once(cell.channel, 'data');
  const ended = once(child, 'exit');
  cell.kill();
  assert.deepEqual(await ended, [null, 'SIGKILL']);
  assert.deepEqual(await cell.exited, { code: null, signal: null, outOfMemory: false });
});

test('launches made at once each get the instance of their own connection', async (t) => {
  const { path, slice, cells } = await startSocketUnit(t);
  const { launch } = makeSocketLauncher({ path, slice });
  const launched = await Promise.all([launch('standard'), launch('standard'), launch('standard')]);
  assert.deepEqual(
    launched.map(({ pid }) => pid),
    cells.map(({ pid }) => pid),
  );
  const [first, second] = launched;
  first?.channel.resume();
  cells[0]?.kill('SIGKILL');
  await first?.exited;
  assert.equal(second?.channel.destroyed, false);
});

test('usage() tells what is resident, not the cache, and keeps the peak', async (t) => {
  const { path, slice, group } = await startSocketUnit(t);
  const cell = await makeSocketLauncher({ path, slice }).launch('standard');
  assert.deepEqual(await cell.usage(), {
    cpuMs: 250,
    rssBytes: 50 * MB,
    peakRssBytes: 50 * MB,
  });
  await writeFile(join(group(0), 'memory.stat'), `anon ${MB}\nfile_mapped ${MB}\n`);
  assert.deepEqual(await cell.usage(), { cpuMs: 250, rssBytes: 2 * MB, peakRssBytes: 50 * MB });
  await rm(group(0), { recursive: true });
  assert.equal(await cell.usage(), undefined);
});

test('a cell that the kernel killed for its memory says so', async (t) => {
  const { path, slice, cells, group } = await startSocketUnit(t);
  const cell = await makeSocketLauncher({ path, slice }).launch('standard');
  cell.channel.resume();
  await writeFile(join(group(0), 'memory.events'), 'oom 1\noom_kill 1\n');
  cells[0]?.kill('SIGKILL');
  assert.deepEqual(await cell.exited, { code: null, signal: null, outOfMemory: true });
});

test('a kill for memory explains one death where the control group of the cell is gone', async (t) => {
  const { path, slice, cells, group } = await startSocketUnit(t);
  const { launch } = makeSocketLauncher({ path, slice });
  const launched = [await launch('standard'), await launch('standard')];
  await writeFile(join(slice, 'memory.events'), 'oom 1\noom_kill 1\n');
  const reasons: unknown[] = [];
  for (const [number, cell] of launched.entries()) {
    cell.channel.resume();
    await rm(group(number), { recursive: true });
    cells[number]?.kill('SIGKILL');
    reasons.push((await cell.exited).outOfMemory);
  }
  assert.deepEqual(reasons, [true, false]);
});

test('a launch is refused where no instance appears, and its connection is closed', async (t) => {
  const { path, slice } = await startSocketUnit(t, { startsNothing: true });
  const { launch } = makeSocketLauncher({ path, slice, startsWithinMs: 100 });
  await assert.rejects(launch('standard'), {
    code: 'sandbox_unavailable',
    message: /control group/,
  });
});

test('an instance that somebody else asked for is not taken for ours', async (t) => {
  const { path, slice } = await startSocketUnit(t, {
    instance: (number) => `secai-cell@${number}-1-0.service`,
  });
  const { launch } = makeSocketLauncher({ path, slice, startsWithinMs: 300 });
  await assert.rejects(launch('standard'), { code: 'sandbox_unavailable' });
});

test('a profile without a socket unit of its own is refused, never served by another', async (t) => {
  const { path, slice, cells } = await startSocketUnit(t);
  await assert.rejects(makeSocketLauncher({ path, slice }).launch('vetting'), {
    code: 'sandbox_unavailable',
    message: /cell-vetting\.sock/,
  });
  assert.equal(cells.length, 0);
});

test('a socket that another user serves is refused before a byte is sent', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('only root can start a server of another user');
  const root = await mkdtemp(join(tmpdir(), 'secai-planted-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  await chmod(root, 0o711);
  await mkdir(join(root, 'run'), { mode: 0o777 });
  await chmod(join(root, 'run'), 0o777);
  const path = join(root, 'run', 'cell.sock');
  const script = `
    const server = require('node:net').createServer((accepted) => {
      accepted.on('data', () => console.log('bytes'));
      accepted.on('close', () => { console.log('closed'); server.close(); });
    });
    server.listen(${JSON.stringify(path)}, () => console.log('listening'));`;
  const server = spawn(process.execPath, ['-e', script], { uid: 65_534, gid: 65_534, cwd: '/' });
  t.after(() => server.kill('SIGKILL'));
  let said = '';
  server.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(server.stdout, 'data');
  await assert.rejects(makeSocketLauncher({ path, slice: root }).launch('standard'), {
    code: 'sandbox_unavailable',
    message: /wrong user/,
  });
  await once(server, 'exit');
  assert.equal(said, 'listening\nclosed\n');
});
