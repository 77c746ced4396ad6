import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { hostileSupervisor } from '../broker/supervisor/scripted-cell.ts';
import { codeOf } from './code-of.ts';

test('a cell that guesses a handle id ends as violation and reaches nothing', async (t) => {
  let reads = 0;
  const path = handleOf('path', { read: async () => (reads += 1) });
  const { supervisor, violations } = hostileSupervisor(
    t,
    `on.run = ({ step }) => call(step, 1, { handle: '0'.repeat(32), method: 'read', args: null });`,
  );
  assert.equal(codeOf(await supervisor.run(jobOf('', { handles: [path] }))), 'violation');
  assert.equal(reads, 0);
  assert.equal(violations.length, 1);
  assert.equal(codeOf(await supervisor.run(jobOf('return {};'))), 'completed');
});

test('an id names no inherited property of the table', async (t) => {
  const { supervisor } = hostileSupervisor(
    t,
    `on.run = ({ step }) => call(step, 1, { handle: '__proto__', method: 'toString', args: null });`,
  );
  assert.equal(codeOf(await supervisor.run(jobOf('', { handles: [] }))), 'violation');
});

test('a guest sees no id in its handles', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const path = handleOf('path', { read: async () => 1 });
  const outcome = await supervisor.run(
    jobOf('return { seen: Reflect.ownKeys(handles.path), text: String(handles.path.read) };', {
      handles: [path],
    }),
  );
  assert.ok(outcome.kind === 'completed');
  const text = JSON.stringify(outcome.output);
  assert.match(text, /"seen":\["read"\]/);
  assert.ok(!text.includes(path.id));
});
