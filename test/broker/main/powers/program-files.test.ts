import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeProgramFilePowers } from '../../../../core/broker/main/powers/program-files.ts';

test('a policy file that cannot even be looked at is none: no error, no version, no bytes', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'program-files-'));
  t.after(() => rm(folder, { recursive: true }));
  const { policyVersion, readPolicy } = makeProgramFilePowers();
  const loop = join(folder, 'loop.yaml');
  await symlink(loop, loop);
  await writeFile(join(folder, 'file'), 'text');
  for (const path of [loop, join(folder, 'file/agent.yaml'), join(folder, 'none'), folder]) {
    assert.equal(readPolicy(path), undefined, path);
    if (path !== folder) assert.equal(policyVersion(path), undefined, path);
  }
});
