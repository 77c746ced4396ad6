import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { test } from 'node:test';
import { handleOf, jobOf, realSupervisor } from './job.ts';

test('supervisor gives a cell no environment, no folder and no descriptor but the channel', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  let pid = 0;
  const look = handleOf('path', {
    read: async () => {
      const fds = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
      return {
        environment: readFileSync(`/proc/${pid}/environ`, 'utf8'),
        folder: readlinkSync(`/proc/${pid}/cwd`),
        kinds: [...new Set(fds.map((link) => link.replace(/:?\[?\d+\]?$/, '')))].sort(),
        sockets: fds.filter((link) => link.startsWith('socket:')).length,
      };
    },
  });
  const outcome = await supervisor.run(
    jobOf('return await handles.path.read();', {
      handles: [look],
      onStarted: (cell) => (pid = cell.pid),
    }),
  );
  assert.ok(outcome.kind === 'completed', JSON.stringify(outcome));
  const { kinds, ...rest } = outcome.output;
  assert.deepEqual(rest, { environment: '', folder: '/', sockets: 1 });
  const allowed = [
    '/dev/null',
    'anon_inode:[eventfd]',
    'anon_inode:[eventpoll]',
    'anon_inode:[io_uring]',
    'pipe',
    'socket',
  ];
  for (const kind of kinds as string[]) assert.ok(allowed.includes(kind), kind);
});

test('supervisor cancels a step at once and takes its handles away', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const abort = new AbortController();
  const aborted = Promise.withResolvers<void>();
  const path = handleOf('path', {
    read: (_args, signal) => {
      signal.addEventListener('abort', () => aborted.resolve());
      abort.abort();
      return new Promise(() => {});
    },
  });
  const outcome = await supervisor.run(
    jobOf('await handles.path.read();', { handles: [path], signal: abort.signal }),
  );
  assert.equal(outcome.kind === 'failed' && outcome.code, 'cancelled');
  await aborted.promise;
  assert.equal((await supervisor.run(jobOf('return {};'))).kind, 'completed');
});

test('supervisor cancels a step that still waits for a cell', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const first = new AbortController();
  const second = new AbortController();
  const started = Promise.withResolvers<void>();
  const running = supervisor.run(
    jobOf('await new Promise(() => {});', {
      signal: first.signal,
      onStarted: () => started.resolve(),
    }),
  );
  await started.promise;
  const waiting = supervisor.run(jobOf('return {};', { signal: second.signal }));
  second.abort();
  const outcome = await waiting;
  assert.equal(outcome.kind === 'failed' && outcome.code, 'cancelled');
  first.abort();
  await running;
});

test('supervisor runs as many steps at once as it has cells, and keeps them all', async (t) => {
  const supervisor = realSupervisor({ size: 2 });
  t.after(() => supervisor.close());
  const pids = new Set<number>();
  const both = Promise.withResolvers<null>();
  let arrived = 0;
  const meet = handleOf('path', {
    read: () => {
      arrived += 1;
      if (arrived === 2) both.resolve(null);
      return both.promise;
    },
  });
  const job = jobOf('await handles.path.read(); return {};', {
    handles: [meet],
    onStarted: ({ pid }) => pids.add(pid),
  });
  const outcomes = await Promise.all([supervisor.run(job), supervisor.run(job)]);
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['completed', 'completed'],
  );
  assert.equal(pids.size, 2);
  assert.equal(supervisor.status().cells.length, 2);
});

test('supervisor finds no layer of the wall missing in a real cell', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  await supervisor.run(jobOf('return {};'));
  assert.deepEqual(supervisor.status().missing, []);
});

test('a closed supervisor has no cell left and refuses steps', async () => {
  const supervisor = realSupervisor();
  let pid = 0;
  await supervisor.run(jobOf('return {};', { onStarted: (cell) => (pid = cell.pid) }));
  await supervisor.close();
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  const outcome = await supervisor.run(jobOf('return {};'));
  assert.equal(outcome.kind === 'failed' && outcome.code, 'sandbox_unavailable');
});

test('supervisor replaces a cell after its number of steps without losing one', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const pids = new Set<number>();
  for (let i = 0; i < 205; i += 1) {
    const job = jobOf('return {};', { onStarted: ({ pid }) => pids.add(pid) });
    assert.equal((await supervisor.run(job)).kind, 'completed');
  }
  assert.equal(pids.size, 2);
});

test('supervisor ends a cell with the step of a sensitive task, and the next step gets another', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const pids: number[] = [];
  for (const profile of ['strict', 'strict', 'standard', 'standard'] as const) {
    const job = jobOf('return {};', { profile, onStarted: ({ pid }) => pids.push(pid) });
    assert.equal((await supervisor.run(job)).kind, 'completed');
  }
  assert.equal(new Set(pids).size, 3);
  assert.equal(pids[2], pids[3]);
});
