import assert from 'node:assert/strict';
import { existsSync, lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import {
  isTemporaryName,
  newTemporaryName,
} from '../../core/broker/gateway/storage/temporary-name.ts';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes } from './outside-world.ts';

it("a file that is being written has a name that nobody guesses, and is its owner's alone", async (t) => {
  const names = new Set<string>();
  let look = (): void => {};
  const workspace = await openWorkspace(t, {
    files: (real) => ({
      ...real,
      write: async (...args) => {
        look();
        return real.write(...args);
      },
    }),
  });
  const { gateway, access, at, docs } = workspace;
  look = () => {
    const found = readdirSync(docs).filter(isTemporaryName);
    assert.equal(found.length, 1, 'beside its target');
    for (const name of found) {
      names.add(name);
      assert.equal(lstatSync(join(docs, name)).mode & 0o777, 0o600);
    }
  };
  for (let n = 0; n < 5; n += 1) await gateway.create(at(`docs/${n}`), access, Buffer.from('text'));
  look = () => {};
  assert.equal(names.size, 5);
  for (const name of names) assert.match(name, /^\.secai-[0-9a-f]{32}\.tmp$/);
  assert.deepEqual(readdirSync(docs).filter(isTemporaryName), []);
  await assertStillServes(workspace);
});

it("what a crash left unfinished is nobody's to read, list, walk or write, and is swept", async (t) => {
  const left = newTemporaryName((length) => new Uint8Array(length).fill(9));
  const workspace = await openWorkspace(t, {
    prepare: (base) => writeFileSync(join(base, 'restore', left), 'half of a secret'),
  });
  const { gateway, access, at, raw, docs, put, restore } = workspace;
  assert.ok(!existsSync(join(restore, left)), 'swept at the start');
  put(`docs/${left}`, 'half of a secret');
  await assertNoWayIn(workspace, raw(left), left);
  const { entries } = await gateway.list(at('docs'), access, {});
  assert.deepEqual(entries, []);
  const limits = { maxFiles: 10, maxDepth: 5, signal: new AbortController().signal };
  for await (const file of gateway.folders.walk(at('docs'), access, limits))
    assert.fail(file.relative);
  assert.equal(await gateway.removeUnfinished(at('docs/target')), 1);
  assert.deepEqual(readdirSync(docs), []);
  await assertStillServes(workspace);
});
