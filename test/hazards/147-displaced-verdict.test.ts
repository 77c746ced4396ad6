import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AgentError } from '../../core/vocabulary/errors.ts';
import { makeStoreBench, reader, WHO } from '../broker/catalog/store/store-bench.ts';

// Attack 147. One vetter who found a package bad outweighs all who found it good. A verdict that comes beside the
// package must not take the place of one that lies in it, whatever the file is called.

test('a verdict that comes beside a package displaces none that lies in it', async (t) => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const { make } = bench.workshop;
  const VERDICT = 'verdicts/vetter.dsse.json';
  const bad = make(reader('1.0.0'), { passed: false });
  const good = make(reader('1.0.0')).get(VERDICT);
  const failed = bad.get(VERDICT);
  assert.ok(good !== undefined && failed !== undefined);
  for (const name of ['installed-1', 'installed-2', 'vetter']) {
    const files = new Map([...bad].filter(([path]) => path !== VERDICT));
    files.set(`verdicts/${name}.dsse.json`, failed);
    await assert.rejects(
      store.install({ files, verdicts: [good, good] }, WHO),
      (thrown) => thrown instanceof AgentError && thrown.code === 'not_vetted',
      name,
    );
  }
  const files = new Map([...bad].filter(([path]) => path !== VERDICT));
  assert.equal((await store.install({ files, verdicts: [good] }, WHO)).state, 'vetted');
});
