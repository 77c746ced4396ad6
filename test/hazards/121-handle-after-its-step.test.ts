import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { hostileSupervisor } from '../broker/supervisor/scripted-cell.ts';
import { codeOf } from './code-of.ts';

test('a cell that uses the handle of an earlier step ends as violation', async (t) => {
  let reads = 0;
  const path = handleOf('path', { read: async () => (reads += 1) });
  const { supervisor, violations } = hostileSupervisor(
    t,
    `let kept;
     on.run = ({ step }, { handles }) => {
       if (step === 1) { kept = JSON.parse(handles)[0].id; result(1); idle(1); }
       else call(step, 1, { handle: kept, method: 'read', args: null });
     };`,
  );
  assert.equal(codeOf(await supervisor.run(jobOf('', { handles: [path] }))), 'completed');
  const own = handleOf('path', { read: async () => 1 });
  assert.equal(codeOf(await supervisor.run(jobOf('', { handles: [own] }))), 'violation');
  assert.equal(reads, 0);
  assert.equal(violations.length, 1);
  assert.equal(codeOf(await supervisor.run(jobOf('return {};'))), 'completed');
});

test('a cell that calls after its result is killed, and the call reaches nothing', async (t) => {
  let reads = 0;
  const path = handleOf('path', { read: async () => (reads += 1) });
  const { supervisor, violations } = hostileSupervisor(
    t,
    `on.run = ({ step }, { handles }) => {
       result(step);
       call(step, 1, { handle: JSON.parse(handles)[0].id, method: 'read', args: null });
     };`,
  );
  assert.equal(codeOf(await supervisor.run(jobOf('', { handles: [path] }))), 'completed');
  assert.equal(codeOf(await supervisor.run(jobOf('return {};'))), 'completed');
  assert.equal(reads, 0);
  assert.equal(violations.length, 1);
});

test('a guest that goes on after its result makes no call', async (t) => {
  const violations: string[] = [];
  const supervisor = realSupervisor({ onViolation: ({ message }) => violations.push(message) });
  t.after(() => supervisor.close());
  let reads = 0;
  const path = handleOf('path', { read: async () => (reads += 1) });
  const outcome = await supervisor.run(
    jobOf(
      `const late = async () => { for (;;) { await 0; handles.path.read(); } };
       await handles.path.read();
       Promise.resolve().then(() => 0).then(() => 0).then(() => 0).then(late);
       return {};`,
      { handles: [path], limits: { cpu_ms: 500 } },
    ),
  );
  const seen = reads;
  assert.equal(codeOf(await supervisor.run(jobOf('return {};'))), 'completed');
  assert.equal(reads, seen);
  assert.equal(violations.length, 0);
  assert.notEqual(codeOf(outcome), 'violation');
});
