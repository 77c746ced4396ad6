import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { launch } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';

test('start.versions: a tree whose isolated-vm says 7.0.0 refuses to start and says why', async (t) => {
  const tree = await mkdtemp(join(tmpdir(), 'tree-'));
  t.after(() => rm(tree, { recursive: true, force: true }));
  for (const name of ['dist', 'schemas', 'sandbox-profiles', 'package.json']) {
    await cp(join(PACKAGE_ROOT, name), join(tree, name), { recursive: true });
  }
  // Everything else of node_modules is linked; isolated-vm is a copy with another version in it.
  await mkdir(join(tree, 'node_modules'));
  for (const name of await readdir(join(PACKAGE_ROOT, 'node_modules'))) {
    if (name !== 'isolated-vm') {
      await symlink(join(PACKAGE_ROOT, 'node_modules', name), join(tree, 'node_modules', name));
    }
  }
  const copy = join(tree, 'node_modules/isolated-vm');
  await cp(join(PACKAGE_ROOT, 'node_modules/isolated-vm'), copy, { recursive: true });
  const manifest = JSON.parse(await readFile(join(copy, 'package.json'), 'utf8'));
  await writeFile(join(copy, 'package.json'), JSON.stringify({ ...manifest, version: '7.0.0' }));

  const folder = await makeAgentFolder(t);
  const { child, said, exited } = launch(folder, [join(tree, 'dist/core/cli/main.js'), 'serve']);
  t.after(() => child.kill('SIGKILL'));
  await exited;
  assert.notEqual(child.exitCode, 0);
  assert.notEqual(child.exitCode, null);
  assert.match(said(), /isolated-vm/);
  assert.match(said(), /7\.0\.0/);
});
