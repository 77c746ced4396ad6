import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadShipped } from '../../../core/broker/catalog/load-shipped.ts';
import { makeCatalogFilesPowers } from '../../../core/broker/main/powers/catalog-files.ts';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';
import { INVOKE_ONCE, openCaller, toolLike } from '../../harness/calling-step.ts';

// Steps that invoke tools through their handle, in real cells.

const shipped = await loadShipped({ ...makeCatalogFilesPowers(), packageRoot: PACKAGE_ROOT });
const read = shipped.find(({ entry }) => entry === 'filesystem.read');
assert.ok(read);

// It answers what it holds: the names of its handles, and the methods of each.
const SHOWS = `
  const held = Object.keys(handles).map((name) => [name, Object.keys(handles[name])]);
  return { path: input.path, content: JSON.stringify(held), size: 0, complete: true };`;

const caller = await openCaller(
  { after },
  {
    documents: { 'a.md': 'one\n', 'high.md': 'password: hunter2\n' },
    granted: ['filesystem.read', 'filesystem.write', 'handles.show'],
    size: 3,
    tools: new Map([['handles.show', toolLike(read, 'handles.show', { body: SHOWS })]]),
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

test('a tool has a handle for each of its own annotated parameters, and none of the step that invokes it', async () => {
  caller.does(INVOKE_ONCE);
  const { answer } = await caller.run({
    tool: 'handles.show',
    args: { path: 'user_docs/a.md' },
  });
  const { ok } = answer as { ok?: { content: string } };
  assert.deepEqual(JSON.parse(ok?.content ?? 'null'), [['path', ['read']]]);
});
