import assert from 'node:assert/strict';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { readTypes } from '../../core/cli/kit/types/types-file.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { secaiAgent } from '../harness/cli.ts';

test('plugin.types: the types beside every manifest of this tree are what the manifest gives', async () => {
  const folders = globSync('plugins/*/manifest.yaml', { cwd: PACKAGE_ROOT }).map(dirname).sort();
  assert.ok(folders.length >= 3, `found ${folders.join(', ')}`);
  const stale = [];
  for (const folder of folders) {
    const { fresh } = await readTypes(join(PACKAGE_ROOT, folder), 'types');
    if (!fresh) stale.push(folder);
  }
  assert.deepEqual(stale, [], `run: secai-agent plugin types ${stale.join(' ')}`);
});

test('plugin.types: after a change of a schema the check fails until the types are made again', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-types-'));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(join(PACKAGE_ROOT, 'plugins/search'), folder, { recursive: true });
  const types = (...more: readonly string[]) => secaiAgent(['plugin', 'types', folder, ...more]);
  assert.equal((await types('--check')).code, 0, 'as it is checked in');

  const file = join(folder, 'manifest.yaml');
  const manifest = readFileSync(file, 'utf8');
  const changed = manifest.replace('reason: { type: string', 'cause: { type: string');
  assert.notEqual(changed, manifest);
  writeFileSync(file, changed);
  const differing = await types('--check');
  assert.equal(differing.code, 1);
  assert.match(differing.err, /types differ from their manifests; run: secai-agent plugin types/);
  const before = readFileSync(join(folder, 'types.d.ts'), 'utf8');
  assert.doesNotMatch(before, /cause\?: string/, 'the check writes nothing');

  assert.equal((await types()).code, 0);
  assert.match(readFileSync(join(folder, 'types.d.ts'), 'utf8'), /cause\?: string/);
  assert.equal((await types('--check')).code, 0);
});
