import assert from 'node:assert/strict';
import { chmodSync, linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { AgentError } from '../../core/vocabulary/errors.ts';
import type { FileResource } from '../../core/vocabulary/resource.ts';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertStillServes } from './outside-world.ts';

it('what lies outside a scope is refused in the same words whatever it is, and before anything is opened', async (t) => {
  let opened = 0;
  const workspace = await openWorkspace(t, {
    roots: ['docs', 'outside'],
    blocked: ['docs/token'],
    linux: (real) => ({
      ...real,
      openat2: (directory, path, how) => {
        opened += 1;
        return real.openat2(directory, path, how);
      },
    }),
  });
  const { gateway, access, at, raw, put, docs, outside } = workspace;
  put('outside/file', 'secret');
  put('outside/private', 'secret');
  chmodSync(join(outside, 'private'), 0);
  mkdirSync(join(outside, 'folder'));
  const beyond = (relative: string): FileResource => ({
    ...raw(''),
    root: outside,
    relative,
    absolute: `${outside}/${relative}`,
  });
  const outsiders = ['file', 'private', 'folder', 'missing', 'folder/missing'].map(beyond);
  const told = new Set<string>();
  const tell = async (resource: FileResource): Promise<void> => {
    const bytes = Buffer.from('x');
    for (const attempt of [
      gateway.read(resource, access, { encoding: 'text' }),
      gateway.create(resource, access, bytes),
      gateway.replace(resource, access, bytes),
    ]) {
      const refusal = await attempt.catch((thrown: unknown) => thrown);
      assert.ok(refusal instanceof AgentError, resource.absolute);
      const { code, message, details, remedy } = refusal;
      told.add(JSON.stringify({ code, message, details, remedy }));
    }
  };
  opened = 0;
  for (const resource of outsiders) await tell(resource);
  assert.equal(opened, 0, 'nothing was opened to say no');

  // Inside, what may not be reached is no different from what is not there.
  put('docs/token', 'secret');
  symlinkSync(join(outside, 'file'), join(docs, 'link'));
  linkSync(join(outside, 'file'), join(docs, 'hard'));
  for (const name of ['token', 'token/x', 'link', 'hard', 'link/x', 'no-folder/x'])
    await tell(at(`docs/${name}`));
  assert.deepEqual(told.size, 1, [...told].join('\n'));
  await assertStillServes(workspace);
});
