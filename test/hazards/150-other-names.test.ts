import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { INVOKE_ONCE, openCaller } from '../harness/calling-step.ts';

// Attack 150 at the daemon: a tool under an alias, in another case, with a space, a look-alike letter or a prefix is
// another tool. What the firewall does with such names is asserted at the firewall.

const caller = await openCaller(
  { after },
  { documents: { 'a.md': 'one\n' }, granted: ['filesystem.read'] },
);

const OTHERS: readonly string[] = [
  'Filesystem.read',
  'FILESYSTEM.READ',
  'filesystem.read ',
  ' filesystem.read',
  'filesystem.re\u0430d',
  'filesystem.read\u200b',
  'ｆilesystem.read',
  'mcp.filesystem.read',
  'tools/filesystem.read',
  'filesystem',
  'read_file',
  '__proto__',
  'constructor',
  '',
];

test('a step names a tool by its exact id alone: every other name is refused, recorded, and runs nothing', async () => {
  for (const name of [
    'Filesystem.read',
    'filesystem.re\u0430d',
    'mcp.filesystem.read',
    '__proto__',
  ]) {
    const { step, records } = await caller.run(`use the tool ${name} on user_docs/a.md`);
    assert.equal(step.action, 'tool_invoke');
    assert.equal(step.code, 'tool_not_enabled', JSON.stringify(step));
    assert.equal(records('tool_call')[0]?.['code'], 'tool_not_enabled');
    assert.deepEqual([records('step_started'), records('handle_call')], [[], []]);
  }
});

test('a step that asks for one tool gets a handle for no other name, so that it does not even start', async () => {
  for (const tool of OTHERS) {
    const { step, records } = await caller.run({ tool, args: { path: 'user_docs/a.md' } });
    assert.equal(step.code, 'policy_denied', JSON.stringify(step));
    assert.equal(step.rule, 'unresolvable');
    assert.deepEqual(records('step_started'), []);
  }
});

test('a handle takes no other name in its arguments, and the next call of the right tool works', async () => {
  caller.does(INVOKE_ONCE);
  const args = { path: 'user_docs/a.md' };
  const named = await caller.run({
    tool: 'filesystem.read',
    args: { ...args, tool: 'filesystem.write' },
  });
  assert.equal((named.answer as { code?: string }).code, 'input_invalid');
  const right = await caller.run({ tool: 'filesystem.read', args });
  assert.equal((right.answer as { ok?: { content?: string } }).ok?.content, 'one\n');
});
