import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openCaller } from '../../harness/calling-step.ts';

// Steps that invoke tools through their handle, in real cells.

const caller = await openCaller(
  { after },
  {
    documents: { 'a.md': 'one\n', 'high.md': 'password: hunter2\n' },
    granted: ['filesystem.read', 'filesystem.write'],
    size: 3,
  },
);

test('an automatic step writes nothing through a tool either, whatever the preferences say', async () => {
  const { answer, records } = await caller.run({
    tool: 'filesystem.write',
    args: { path: 'outputs/x.md', content: 'x' },
  });
  assert.equal((answer as { code?: string }).code, 'tool_unavailable');
  assert.deepEqual(
    records('tool_call').map(({ verdict, code }) => [verdict, code]),
    [['denied', 'policy_denied']],
  );
  assert.equal(existsSync(join(caller.folder.outputs, 'x.md')), false);
});

test('eight calls at once wait for each other, and all come to an end within the tool-call budget', async () => {
  caller.does(`
    const call = () => handles.tool.invoke(JSON.parse(input.args)).then(() => 'ok', (e) => e.code);
    return Promise.all(Array.from({ length: 8 }, call));`);
  const { answer, records } = await caller.run({
    tool: 'filesystem.read',
    args: { path: 'user_docs/a.md' },
  });
  assert.deepEqual(answer, Array(8).fill('ok'));
  assert.equal(records('tool_call').length, 8);
});

test('a step that ends while its tool runs takes the tool with it, and the next task runs', async () => {
  caller.does('void handles.tool.invoke(JSON.parse(input.args)).catch(() => {}); return 1;');
  const { step } = await caller.run({ tool: 'filesystem.read', args: { path: 'user_docs/a.md' } });
  assert.equal(step.status, 'completed', JSON.stringify(step));
  const next = await caller.run('read user_docs/a.md');
  assert.equal(next.step.status, 'completed', JSON.stringify(next.step));
});
