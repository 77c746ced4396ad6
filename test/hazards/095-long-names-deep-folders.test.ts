import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { SEARCH_LIMITS } from '../../core/broker/gateway/search/search-limits.ts';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes, fingerprint } from './outside-world.ts';

// Attack 95. The audit record of a refused step is asserted where steps are executed.

it('a name of 255 bytes is used, and whatever is longer is refused before the kernel sees it', async (test) => {
  const workspace = await openWorkspace(test);
  const { gateway, access, at, raw, base } = workspace;
  const longest = 'n'.repeat(255);
  await gateway.create(at(`docs/${longest}`), access, Buffer.from('x'));
  assert.equal(
    (await gateway.read(at(`docs/${longest}`), access, { encoding: 'text' })).content,
    'x',
  );
  const before = fingerprint(base);
  const tooLong = [
    'n'.repeat(256),
    'é'.repeat(128),
    `${'a/'.repeat(2048)}a`,
    `${`${'a'.repeat(200)}/`.repeat(21)}a`,
    'x'.repeat(10_000_000),
    `${'a/'.repeat(1_000_000)}a`,
  ];
  for (const name of tooLong) {
    assert.throws(() => at(`docs/${name}`), /refused/);
    await assertNoWayIn(workspace, raw(name), `${name.length} characters`);
  }
  assert.equal(fingerprint(base), before);
  await assertStillServes(workspace);
});

it('folders in each other to the longest path are read at any depth, and searched to a bounded one', async (test) => {
  const workspace = await openWorkspace(test);
  const { gateway, access, at, docs } = workspace;
  const deep = Array.from({ length: 1000 }, () => 'd').join('/');
  mkdirSync(join(docs, deep), { recursive: true });
  await gateway.create(at(`docs/${deep}/end.txt`), access, Buffer.from('end'));
  const { content } = await gateway.read(at(`docs/${deep}/end.txt`), access, { encoding: 'text' });
  assert.equal(content, 'end');
  const { walked: maxFiles, depth: maxDepth } = SEARCH_LIMITS;
  const limits = { maxFiles, maxDepth, signal: new AbortController().signal };
  const started = performance.now();
  for await (const { relative } of gateway.folders.walk(at('docs'), access, limits))
    assert.fail(`${relative} lies deeper than a search goes`);
  assert.ok(performance.now() - started < 5000);
  await assertStillServes(workspace);
});
