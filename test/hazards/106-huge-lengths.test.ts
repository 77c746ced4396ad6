import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, openSync, readdirSync } from 'node:fs';
import { it, test } from 'node:test';
import { openWorkspace, refusal } from '../broker/gateway/storage/workspace.ts';
import { assertContained, hazard } from '../harness/hazard.ts';
import { assertStillServes, fingerprint } from './outside-world.ts';

const EIGHT_TIB = 8 * 2 ** 40;

it('a sparse file of terabytes is neither read, indexed, kept nor replaced, and costs nothing', async (t) => {
  const workspace = await openWorkspace(t);
  const { gateway, access, at, put, restore } = workspace;
  const file = openSync(put('docs/sparse', 'x'), 'r+');
  ftruncateSync(file, EIGHT_TIB);
  closeSync(file);
  const before = process.memoryUsage.rss();
  const tooLarge = refusal('too_large', `file too large (${EIGHT_TIB} bytes, max 2097152)`);
  const resource = at('docs/sparse');
  for (const encoding of ['text', 'base64'] as const)
    for (const part of [{}, { offset: 0, length: 1 }, { offset: 2 ** 40, length: 1 }])
      await assert.rejects(gateway.read(resource, access, { encoding, ...part }), tooLarge);
  await assert.rejects(gateway.replace(resource, access, Buffer.from('x')), tooLarge);
  assert.equal(await gateway.folders.readForIndex(at('docs'), access, 'sparse'), undefined);
  const { entries, left_out } = await gateway.list(at('docs'), { ...access, ceiling: 'low' }, {});
  assert.deepEqual([entries, left_out], [[], 1], 'what is too large to look at counts as high');
  assert.deepEqual(await gateway.describe(resource).then(({ size }) => size), EIGHT_TIB);
  assert.ok(process.memoryUsage.rss() - before < 50 * 1024 * 1024);
  assert.deepEqual(readdirSync(restore), []);
});

it('a write is of one size, stated before it begins, and no write has an offset', async (t) => {
  const workspace = await openWorkspace(t);
  const { gateway, access, at, base } = workspace;
  const before = fingerprint(base);
  const bytes = Buffer.alloc(1024 * 1024 + 1);
  for (const write of [gateway.create, gateway.replace])
    await assert.rejects(write(at('docs/large'), access, bytes), { code: 'too_large' });
  assert.equal(fingerprint(base), before);
  await assertStillServes(workspace);
});

test('no offset or length that a guest can name reaches a file', async (t) => {
  const result = await hazard(t, { script: '106-huge-lengths', document: 'twelve bytes' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], refused: 14, whole: 'twelve bytes' });
});
