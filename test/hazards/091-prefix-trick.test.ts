import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes, fingerprint } from './outside-world.ts';

// Attack 91: `/data/ab` begins with `/data/a`. The audit record of a refused step is asserted where steps
// are executed.
it('a folder whose name begins like the scope lies outside the scope', async (test) => {
  const workspace = await openWorkspace(test);
  const { docs, at, raw, put } = workspace;
  put('docs2/secret', 'secret');
  put('docs/a/x', 'x');
  put('docs/ab/secret', 'secret');
  const before = fingerprint(workspace.base);
  const twin = { ...raw('secret'), root: `${docs}2`, absolute: `${docs}2/secret` };
  const glued = { ...raw('x'), relative: '2/secret', absolute: `${docs}2/secret` };
  await assertNoWayIn(workspace, twin, 'another root');
  await assertNoWayIn(workspace, glued, 'a root and a rest that do not belong together');
  assert.throws(() => at(`${docs}2/secret`), /outside every scope/);
  const narrow = { readable: [`${docs}/a`], writable: [`${docs}/a`], ceiling: 'high' } as const;
  await assertNoWayIn({ ...workspace, access: narrow }, at('docs/ab/secret'), 'a narrower grant');
  assert.equal(fingerprint(workspace.base), before);
  await assertStillServes(workspace);
});
