import assert from 'node:assert/strict';
import { lstatSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes, fingerprint } from './outside-world.ts';

// Attack 97. The audit record of a refused step is asserted where steps are executed.
it('a link of any kind inside the scope leads nowhere', async (test) => {
  const workspace = await openWorkspace(test);
  const { docs, outside, base, put, at } = workspace;
  const secret = put('outside/secret', 'secret');
  put('docs/inside', 'inside');
  const links: Readonly<Record<string, string>> = {
    absolute: secret,
    relative: '../outside/secret',
    folder: outside,
    inner: 'inside',
    chain1: 'chain2',
    chain2: 'absolute',
    loop: 'loop',
    dangling: join(outside, 'new'),
    magicRoot: `/proc/self/root${secret}`,
    magicFd: '/proc/self/fd/0',
    self: '.',
    up: '..',
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(docs, name));
  const before = fingerprint(base);
  const through = ['folder/secret', 'self/inside', 'up/outside/secret', 'magicRoot/x'];
  for (const name of [...Object.keys(links), ...through])
    await assertNoWayIn(workspace, at(`docs/${name}`), name);
  assert.equal(fingerprint(base), before);
  assert.equal(readlinkSync(join(docs, 'dangling')), join(outside, 'new'));
  assert.ok(lstatSync(join(docs, 'absolute')).isSymbolicLink());
  await assertStillServes(workspace);
});
