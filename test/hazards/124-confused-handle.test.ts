import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { hostileSupervisor } from '../broker/supervisor/scripted-cell.ts';
import { codeOf } from './code-of.ts';

test('a cell that asks a read handle to write ends as violation', async (t) => {
  const { supervisor } = hostileSupervisor(
    t,
    `on.run = ({ step }, { handles }) =>
       call(step, 1, { handle: JSON.parse(handles)[0].id, method: 'write', args: {} });`,
  );
  let writes = 0;
  const handles = [
    handleOf('path', { read: async () => 1 }),
    handleOf('out', { write: async () => (writes += 1) }),
  ];
  assert.equal(codeOf(await supervisor.run(jobOf('', { handles }))), 'violation');
  assert.equal(writes, 0);
  assert.equal(codeOf(await supervisor.run(jobOf('return {};'))), 'completed');
});

test('a cell that uses a handle of a step that runs in another cell ends as violation', async (t) => {
  let writes = 0;
  const running = Promise.withResolvers<null>();
  const victim = handleOf('out', { write: async () => (writes += 1) });
  // It waits by a call of its own until the other step has its handle.
  const wait = handleOf('path', { read: () => running.promise });
  const { supervisor } = hostileSupervisor(
    t,
    `on.run = ({ step }, { handles }) =>
       call(step, 1, { handle: JSON.parse(handles)[0].id, method: 'read', args: null });
     on.reply = ({ step }) => call(step, 2, { handle: '${victim.id}', method: 'write', args: {} });`,
    { size: 2 },
  );
  // While none is ready a step takes the first that is, and that may be the second one, which is real.
  await supervisor.ready();
  const started = Promise.withResolvers<void>();
  const hostile = supervisor.run(
    jobOf('', { handles: [wait], onStarted: () => started.resolve() }),
  );
  await started.promise;
  const abort = new AbortController();
  const other = supervisor.run(
    jobOf('await new Promise(() => {});', {
      handles: [victim],
      signal: abort.signal,
      onStarted: () => running.resolve(null),
    }),
  );
  assert.equal(codeOf(await hostile), 'violation');
  assert.equal(writes, 0);
  abort.abort();
  assert.equal(codeOf(await other), 'cancelled');
});

test('a guest finds no other method on a read handle', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const outcome = await supervisor.run(
    jobOf('await handles.path.write("x"); return {};', {
      handles: [handleOf('path', { read: async () => 1 })],
    }),
  );
  assert.equal(codeOf(outcome), 'guest_error');
});
