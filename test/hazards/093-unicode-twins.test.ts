import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes, fingerprint } from './outside-world.ts';

// Attack 93. Two spellings of one name, or one spelling that some program folds to `..` or `/`. The audit
// record of a refused step is asserted where steps are executed.
it('a decomposed twin is refused although both files exist, and never read as the other', async (test) => {
  const workspace = await openWorkspace(test);
  const { gateway, at, access, raw, put } = workspace;
  put('docs/\u00e9', 'composed');
  put('docs/e\u0301', 'decomposed');
  const before = fingerprint(workspace.base);
  const { content } = await gateway.read(at('docs/\u00e9'), access, { encoding: 'text' });
  assert.equal(content, 'composed');
  await assertNoWayIn(workspace, raw('e\u0301'), 'decomposed');
  const { entries } = await gateway.list(at('docs'), access, {});
  assert.deepEqual(
    entries.map(({ name }) => name),
    ['\u00e9'],
  );
  assert.equal(fingerprint(workspace.base), before);
  await assertStillServes(workspace);
});

it('look-alikes of dots and slashes are refused, and letters are never folded', async (test) => {
  const workspace = await openWorkspace(test);
  const { gateway, at, access, put, raw } = workspace;
  put('outside/secret', 'secret');
  const before = fingerprint(workspace.base);
  const twins = [
    '\uff0e\uff0e',
    '\u2024\u2024',
    '\u2025',
    '..\uff0foutside',
    'a\u2215b',
    'a\u2044b',
    'a\uff3cb',
  ];
  for (const name of twins) {
    assert.throws(() => at(`docs/${name}/secret`), /refused/, name);
    await assertNoWayIn(workspace, raw(`${name}/secret`), name);
  }
  assert.equal(fingerprint(workspace.base), before);
  put('docs/FILE', 'upper');
  for (const folded of ['file', 'F\u0131LE', '\uff26ILE', 'F\u0406LE'])
    await assert.rejects(gateway.read(raw(folded), access, { encoding: 'text' }), {
      code: 'not_available',
    });
});
