import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { layGround } from '../../../core/cli/doctor/ground.ts';

test('what doctor lays out could be reached by any child, so that a refusal is the wall’s', async (t) => {
  const ground = await layGround();
  t.after(ground.clear);
  const { descriptor, file, unixPath } = ground.targets;
  const read = spawnSync(process.execPath, [
    '-p',
    `fs.readFileSync(${descriptor}, 'latin1').length + fs.readFileSync('${file}', 'latin1').length`,
  ]);
  assert.equal(read.stdout.toString().trim(), '82', read.stderr.toString());
  for (const where of [{ port: ground.targets.tcpPort }, { path: unixPath }]) {
    await new Promise((resolve) => connect(where).resume().once('close', resolve));
  }
  assert.equal(ground.connections(), 2);
});

test('what doctor laid out is gone afterwards', async () => {
  const ground = await layGround();
  await ground.clear();
  assert.equal(existsSync(dirname(dirname(ground.targets.file))), false);
});
