import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes } from './outside-world.ts';

// Attack 105. The audit record of a refused step is asserted where steps are executed.
const skip = process.geteuid?.() === 0 ? false : 'only root can mount';

it('a mount inside the scope is refused and reported, whatever is mounted', {
  skip,
}, async (test) => {
  const workspace = await openWorkspace(test);
  const { gateway, access, at, docs, outside, put, logged } = workspace;
  const secret = put('outside/secret', 'secret');
  put('docs/real/x', 'x');
  const points = ['folder', 'memory', 'same'].map((name) => join(docs, name));
  for (const point of points) mkdirSync(point);
  writeFileSync(join(docs, 'file'), '');
  const mounts = [
    ['--bind', outside, join(docs, 'folder')],
    ['-t', 'tmpfs', 'tmpfs', join(docs, 'memory')],
    ['--bind', join(docs, 'real'), join(docs, 'same')],
    ['--bind', secret, join(docs, 'file')],
  ];
  const mounted: string[] = [];
  try {
    for (const args of mounts) {
      execFileSync('mount', args);
      mounted.push(args.at(-1) ?? '');
    }
    for (const name of ['folder', 'folder/secret', 'memory', 'same', 'same/x', 'file'])
      await assertNoWayIn(workspace, at(`docs/${name}`), name);
    const { entries } = await gateway.list(at('docs'), access, {});
    assert.deepEqual(
      entries.map(({ name }) => name),
      ['real'],
    );
    assert.ok(logged.some((line) => line.includes('openat2 failed with `EXDEV`')));
  } finally {
    for (const point of mounted) execFileSync('umount', [point]);
  }
  await assertStillServes(workspace);
});
