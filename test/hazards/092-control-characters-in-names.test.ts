import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes, fingerprint } from './outside-world.ts';

// Attack 92. A C string ends at NUL, so `a.txt\0.md` would open `a.txt`; the rest forges what a person
// reads. The audit record of a refused step is asserted where steps are executed.
const ODD = [
  '\0',
  '\n',
  '\r',
  '\t',
  '\x1b[31m',
  '\x7f',
  '\x9b',
  '\ufeff',
  '\u202e',
  '\u2066',
  '\u200b',
];

it('a name with a control or invisible character or a lone surrogate is refused', async (test) => {
  const workspace = await openWorkspace(test);
  workspace.put('docs/a.txt', 'a');
  const before = fingerprint(workspace.base);
  for (const odd of [...ODD, '\ud800', '\udfff']) {
    for (const name of [`a.txt${odd}`, `${odd}a.txt`, `a.txt${odd}.md`]) {
      assert.throws(() => workspace.at(`docs/${name}`), /refused/, JSON.stringify(name));
      await assertNoWayIn(workspace, workspace.raw(name), JSON.stringify(name));
    }
  }
  assert.equal(fingerprint(workspace.base), before);
  await assertStillServes(workspace);
});

it('a file on disk with such a name is neither listed nor walked', async (test) => {
  const { gateway, at, access, put } = await openWorkspace(test);
  put('docs/plain', '');
  for (const odd of ODD.slice(1)) put(`docs/x${odd}`, '');
  const { entries } = await gateway.list(at('docs'), access, {});
  assert.deepEqual(
    entries.map(({ name }) => name),
    ['plain'],
  );
});
