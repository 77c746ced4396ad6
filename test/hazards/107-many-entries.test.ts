import assert from 'node:assert/strict';
import { linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { it, test } from 'node:test';
import { openWorkspace, refusal } from '../broker/gateway/storage/workspace.ts';
import { assertContained, hazard } from '../harness/hazard.ts';
import { assertStillServes } from './outside-world.ts';

// Attack 107. A step writes the files that its plan names and no other, and a plan is short (attack 148).

it('a folder of more names than may be listed is refused, and the broker goes on meanwhile', async (t) => {
  const workspace = await openWorkspace(t);
  const { gateway, access, at, docs, put } = workspace;
  mkdirSync(join(docs, 'many'));
  const one = put('one', '');
  for (let name = 0; name <= 20_000; name += 1) linkSync(one, join(docs, 'many', `${name}`));
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  t.after(() => clearInterval(beat));
  const refused = refusal('too_large', 'folder has more than 20000 entries');
  await assert.rejects(gateway.list(at('docs/many'), access, {}), refused);
  const limits = { maxFiles: 100, maxDepth: 5, signal: new AbortController().signal };
  const found: string[] = [];
  for await (const file of gateway.folders.walk(at('docs'), access, limits))
    found.push(file.relative);
  assert.deepEqual(found, []);
  assert.ok(longest < 1000, `the loop stood still for ${longest} ms`);
  await assertStillServes(workspace);
});

test('a step touches no more files than its task may, however often it asks', async (t) => {
  const result = await hazard(t, { script: '107-many-touches' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], touched: 20, refused: 180 });
});
