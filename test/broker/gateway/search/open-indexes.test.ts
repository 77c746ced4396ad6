import assert from 'node:assert/strict';
import { mkdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeTempFolderWalk } from './temp-folder-walk.ts';
import { makeTempSearch } from './temp-search.ts';

const temp = makeTempSearch();

describe('an index', () => {
  test('reads a file again only when it has changed', async () => {
    await temp.write('a.md', 'alpha');
    await temp.write('b.md', 'beta');
    const { paths, walk } = temp.start();
    await paths('alpha');
    await temp.write('b.md', 'alpha now');
    assert.deepEqual(await paths('alpha'), ['work/a.md', 'work/b.md']);
    assert.deepEqual(await paths('beta'), []);
    assert.deepEqual(walk.reads, ['a.md', 'b.md', 'b.md']);
  });

  test('sees a change that keeps the size', async () => {
    await temp.write('a.md', 'alpha');
    const { paths } = temp.start();
    await paths('alpha');
    await temp.write('a.md', 'gamma');
    await utimes(join(temp.root, 'a.md'), 1, 1);
    assert.deepEqual(await paths('gamma'), ['work/a.md']);
  });

  test('drops a file that is gone', async () => {
    await temp.write('a.md', 'alpha');
    await temp.write('b.md', 'alpha');
    const { search } = temp.start();
    await search('alpha');
    await rm(join(temp.root, 'a.md'));
    const answer = await search('alpha');
    assert.deepEqual(
      answer.hits.map(({ path }) => path),
      ['work/b.md'],
    );
    assert.equal(answer.searched, 1);
  });

  test('is refreshed once for searches that come together', async () => {
    await temp.write('a.md', 'alpha');
    const { paths, walk } = temp.start();
    await Promise.all([paths('alpha'), paths('alpha'), paths('alpha')]);
    assert.equal(walk.walks, 1);
  });

  test('shows what was written before the search, even while an older walk is under way', async () => {
    await temp.write('z.md', 'old');
    let written: Promise<readonly string[]> | undefined;
    const walk = makeTempFolderWalk(async () => {
      if (written !== undefined) return;
      await temp.write('a.md', 'alpha');
      written = paths('alpha');
    });
    const { paths } = temp.start({}, walk);
    await paths('old');
    assert.deepEqual(await written, ['work/a.md']);
  });

  test('is built again when its thread has ended', async () => {
    await temp.write('a.md', 'alpha');
    const { paths, power } = temp.start();
    await paths('alpha');
    await power.threads[0]?.terminate();
    assert.deepEqual(await paths('alpha'), ['work/a.md']);
    assert.equal(power.threads.length, 2);
  });

  test('that is lost twice fails the search with a refusal that may be tried again', async () => {
    await temp.write('a.md', 'many words '.repeat(100_000));
    const { search } = temp.start({ requestMs: 1 });
    await assert.rejects(search('alpha'), { code: 'storage_failed' });
  });
});

describe('a limit', () => {
  test('on the files of an index skips those beyond it and says how many', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await temp.write(name, 'alpha');
    const { search } = temp.start({ files: 2 });
    const answer = await search('alpha');
    assert.deepEqual([answer.searched, answer.skipped], [2, 2]);
  });

  test('on the size of a file skips it unread', async () => {
    await temp.write('big', 'alpha '.repeat(100));
    const { search, walk } = temp.start({ fileBytes: 100 });
    assert.deepEqual([(await search('alpha')).skipped, walk.reads], [1, []]);
  });

  test('on all text skips what finds no room until there is some', async () => {
    await temp.write('a', 'x'.repeat(80));
    await temp.write('b', 'alpha'.padEnd(80));
    const { search } = temp.start({ textBytes: 100 });
    const full = await search('alpha');
    assert.deepEqual([full.hits.length, full.skipped], [0, 1]);
    await rm(join(temp.root, 'a'));
    await search('alpha');
    assert.equal((await search('alpha')).hits.length, 1);
  });

  test('on all text evicts the index that was used the longest ago', async () => {
    for (const folder of ['a', 'b']) {
      await mkdir(join(temp.root, folder));
      await temp.write(`${folder}/f`, 'alpha'.padEnd(80));
    }
    const { search, walk } = temp.start({ textBytes: 100 });
    for (const below of ['a', 'b', 'a'])
      assert.equal((await search('alpha', { below })).hits.length, 1);
    assert.deepEqual(walk.reads, ['a/f', 'b/f', 'a/f']);
  });

  test('on the number of indexes evicts the one that was used the longest ago', async () => {
    for (const folder of ['a', 'b', 'c']) {
      await mkdir(join(temp.root, folder));
      await temp.write(`${folder}/f`, 'alpha');
    }
    const { search, walk } = temp.start({ indexes: 2 });
    for (const below of ['a', 'b', 'a', 'c', 'a', 'b']) await search('alpha', { below });
    assert.deepEqual(walk.reads, ['a/f', 'b/f', 'c/f', 'b/f']);
  });

  test('on a message to the thread splits large changes', async () => {
    for (let i = 0; i < 20; i += 1) await temp.write(`f${i}`, 'alpha');
    const { search } = temp.start({ batchFiles: 3 });
    assert.equal((await search('alpha', { limit: 50 })).hits.length, 20);
  });
});
