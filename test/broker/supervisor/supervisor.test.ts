import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { AgentError } from '../../../core/vocabulary/errors.ts';
import { handleOf, jobOf, realSupervisor } from './job.ts';

const supervisor = realSupervisor();
after(() => supervisor.close());

test('supervisor runs a step and returns the object that it gave', async () => {
  const outcome = await supervisor.run(
    jobOf('return { sum: input.a + input.b };', { input: { a: 1, b: 2 } }),
  );
  assert.equal(outcome.kind, 'completed');
  assert.deepEqual(outcome.output, { sum: 3 });
  assert.equal(outcome.bytes, '{"sum":3}'.length);
});

test('supervisor passes handle calls and their answers as data', async () => {
  const path = handleOf('path', {
    read: async (args) => ({ text: `read ${JSON.stringify(args)}` }),
  });
  const outcome = await supervisor.run(
    jobOf('return { got: await handles.path.read({ offset: 3 }) };', { handles: [path] }),
  );
  assert.deepEqual(outcome.kind === 'completed' && outcome.output, {
    got: { text: 'read {"offset":3}' },
  });
});

test('supervisor gives an array parameter one handle an index', async () => {
  const handles = [0, 1, 2].map((index) =>
    handleOf('paths', { read: async () => `file ${index}` }, index),
  );
  const outcome = await supervisor.run(
    jobOf('return { all: await Promise.all(handles.paths.map((p) => p.read())) };', { handles }),
  );
  assert.deepEqual(outcome.kind === 'completed' && outcome.output, {
    all: ['file 0', 'file 1', 'file 2'],
  });
});

test('supervisor answers a refused call with code and message alone', async () => {
  const path = handleOf('path', {
    read: async () => {
      throw new AgentError({ code: 'not_available', message: 'not available', cause: 'secret' });
    },
    list: async () => {
      throw new Error('a host path /etc/shadow');
    },
  });
  const outcome = await supervisor.run(
    jobOf(
      `const seen = [];
       for (const method of ['read', 'list']) {
         try { await handles.path[method](); } catch (e) {
           seen.push([e instanceof Error, e.code, e.message, Object.keys(e)]);
         }
       }
       return { seen };`,
      { handles: [path] },
    ),
  );
  assert.deepEqual(outcome.kind === 'completed' && outcome.output, {
    seen: [
      [true, 'not_available', 'not available', ['code']],
      [true, 'internal', 'internal error', ['code']],
    ],
  });
});

test('supervisor reports what a step throws as guest_error', async () => {
  const outcome = await supervisor.run(jobOf('throw new Error("no\\nway");'));
  assert.deepEqual(
    { ...outcome, cpuMs: 0 },
    { kind: 'failed', code: 'guest_error', message: 'no way', cpuMs: 0 },
  );
});
