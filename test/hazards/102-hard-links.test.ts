import assert from 'node:assert/strict';
import { linkSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes, fingerprint } from './outside-world.ts';

// Attack 102: a second name for a file outside. The audit record of a refused step is asserted where steps
// are executed.
it('a file with a second name is neither read, written, listed nor walked', async (test) => {
  const workspace = await openWorkspace(test);
  const { gateway, access, at, docs, base, put } = workspace;
  const secret = put('outside/secret', 'secret');
  linkSync(secret, join(docs, 'innocent.txt'));
  const before = fingerprint(base);
  await assertNoWayIn(workspace, at('docs/innocent.txt'), 'hard link');
  const { entries, left_out } = await gateway.list(at('docs'), access, {});
  assert.deepEqual([entries, left_out], [[], 0]);
  const limits = { maxFiles: 10, maxDepth: 2, signal: new AbortController().signal };
  for await (const file of gateway.folders.walk(at('docs'), access, limits))
    assert.fail(file.relative);
  assert.equal(fingerprint(base), before);
  assert.equal(readFileSync(secret, 'utf8'), 'secret');
  await assertStillServes(workspace);
});
