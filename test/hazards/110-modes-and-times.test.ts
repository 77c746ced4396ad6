import assert from 'node:assert/strict';
import { chmodSync, lstatSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { writeArguments } from '../../core/broker/execute/handle-arguments.ts';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertStillServes } from './outside-world.ts';

const modeOf = (path: string): number => lstatSync(path).mode & 0o7777;

it("a written file is its owner's alone, whatever the umask and whatever it replaces", async (t) => {
  const workspace = await openWorkspace(t);
  const { gateway, access, at, docs, put, restore } = workspace;
  const mask = process.umask(0);
  t.after(() => void process.umask(mask));
  for (const [name, mode] of [
    ['setuid', 0o6755],
    ['sticky', 0o1777],
    ['executable', 0o755],
    ['read-only', 0o444],
  ] as const) {
    chmodSync(put(`docs/${name}`, 'old'), mode);
    await gateway.replace(at(`docs/${name}`), access, Buffer.from('new'));
    assert.equal(modeOf(join(docs, name)), 0o600, name);
  }
  await gateway.create(at('docs/created'), access, Buffer.from('new'));
  assert.equal(modeOf(join(docs, 'created')), 0o600);
  const { kept } = await gateway.replace(at('docs/created'), access, Buffer.from('newer'));
  assert.equal(modeOf(join(restore, kept ?? '')), 0o600);
  await assertStillServes(workspace);
});

it('a write takes content and encoding and nothing else', () => {
  const content = 'text';
  assert.deepEqual(writeArguments({ content }), Buffer.from(content));
  for (const name of ['mode', 'owner', 'uid', 'mtime', 'flag', 'flags', 'offset', 'append', 'lock'])
    assert.throws(
      () => writeArguments({ content, [name]: 0o4777 }),
      { code: 'input_invalid' },
      name,
    );
});

it('times in the past do not hide that a file changed', async (t) => {
  const { gateway, at, put } = await openWorkspace(t);
  const file = put('docs/a', 'first');
  utimesSync(file, 1, 1);
  const { version } = await gateway.describe(at('docs/a'));
  put('docs/a', 'other');
  utimesSync(file, 1, 1);
  const later = await gateway.describe(at('docs/a'));
  assert.notEqual(later.version, version);
});
