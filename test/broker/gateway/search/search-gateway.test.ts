import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { folderResource, makeTempFolderWalk, scopeOf } from './temp-folder-walk.ts';
import { makeTempSearch } from './temp-search.ts';

const temp = makeTempSearch();

describe('a search', () => {
  test('answers with scored hits, their labels and the lines to cite', async () => {
    await temp.write('a.md', 'Title\n\nThe backup runs at night, when nobody works on it.\n');
    await temp.write('b.md', 'nothing here');
    const { search } = temp.start();
    const answer = await search('backup');
    assert.equal(answer.hits.length, 1);
    const [hit] = answer.hits;
    assert.equal(hit?.path, 'work/a.md');
    assert.ok((hit?.score ?? -1) > 0);
    assert.deepEqual(hit?.passages, [
      {
        first_line: 3,
        last_line: 3,
        text: 'The backup runs at night, when nobody works on it.',
      },
    ]);
    assert.deepEqual(
      { ...answer, hits: [] },
      {
        ...{ hits: [], searched: 2, left_out: 0, skipped: 0, label: 'low', reason: null },
      },
    );
  });

  test('finds a file by a word of its name', async () => {
    await temp.write('backup-plan.md', 'nothing here');
    const { paths } = temp.start();
    assert.deepEqual(await paths('plan'), ['work/backup-plan.md']);
  });

  test('of a folder sees that folder alone, and its own name is no word of its files', async () => {
    await mkdir(join(temp.root, 'notes'));
    await temp.write('backup.md', 'backup');
    await temp.write('notes/backup.md', 'backup');
    const { paths } = temp.start();
    assert.deepEqual(await paths('backup', { below: 'notes' }), ['work/notes/backup.md']);
    assert.deepEqual(await paths('notes', { below: 'notes' }), []);
  });

  test('orders equal scores by path in code point order', async () => {
    for (const name of ['\u{20000}', '\uFF41', 'b', 'A']) await temp.write(name, 'same words');
    const { paths } = temp.start();
    assert.deepEqual(await paths('same'), ['work/A', 'work/b', 'work/\uFF41', 'work/\u{20000}']);
  });

  test('takes its text as words, never as a query language', async () => {
    await temp.write('a.md', 'name body alpha beta');
    await temp.write('b.md', 'gamma');
    const { paths } = temp.start();
    for (const text of [
      'body:gamma OR',
      'NEAR(gamma',
      '"gamma',
      "gamma'; --",
      '* gamma ^',
      '-gamma',
    ])
      assert.equal((await paths(text)).includes('work/b.md'), true, text);
    assert.deepEqual(await paths('alp*'), []);
    assert.deepEqual(await paths('beta NOT alpha'), ['work/a.md']);
  });

  test('without a word answers nothing, says why and looks at no file', async () => {
    await temp.write('a.md', 'alpha');
    const { search, walk } = temp.start();
    const answer = await search('" - *');
    assert.deepEqual(answer.hits, []);
    assert.equal(answer.reason, 'the text holds no word to search for');
    assert.equal(walk.walks, 0);
  });

  test('refuses a limit that is no positive integer and lowers one that is too large', async () => {
    for (let i = 0; i < 60; i += 1) await temp.write(`f${i}`, 'alpha');
    const { search } = temp.start();
    for (const limit of [0, -1, 1.5, Number.NaN])
      await assert.rejects(search('alpha', { limit }), { code: 'input_invalid' });
    assert.equal((await search('alpha', { limit: 1e9 })).hits.length, 50);
  });

  test('answers at most 256 KiB, whatever the files hold', async () => {
    const line = `alpha ${'\u0001'.repeat(1300)}\n\n`;
    for (let i = 0; i < 50; i += 1) await temp.write(`f${i}`, line.repeat(5));
    const { search } = temp.start();
    const answer = await search('alpha', { limit: 50 });
    assert.ok(Buffer.byteLength(JSON.stringify(answer.hits)) <= 256 * 1024);
    assert.equal(answer.hits.length, 50);
  });
});

describe('the ceiling', () => {
  test('leaves files above it out of hits, and counts them whatever the query', async () => {
    await temp.write('open.md', 'alpha');
    await temp.write('closed.md', 'alpha SECRET');
    const { search } = temp.start();
    for (const text of ['alpha', 'secret', 'absent']) {
      const answer = await search(text, { ceiling: 'low' });
      assert.equal(answer.left_out, 1, text);
      assert.equal(
        answer.hits.some(({ path }) => path === 'work/closed.md'),
        false,
        text,
      );
    }
  });

  test('keeps the words of files above it out of the ranking', async () => {
    for (let i = 0; i < 8; i += 1) await temp.write(`open${i}.md`, i < 2 ? 'alpha beta' : 'beta');
    const { search } = temp.start();
    const before = await search('alpha', { ceiling: 'low' });
    for (let i = 0; i < 5; i += 1) await temp.write(`closed${i}.md`, 'alpha SECRET');
    const afterwards = await search('alpha', { ceiling: 'low' });
    assert.deepEqual(afterwards.hits, before.hits);
    assert.equal(afterwards.left_out, 5);
  });

  test('of one task says nothing about files that another task may see', async () => {
    await temp.write('open.md', 'alpha');
    await temp.write('closed.md', 'alpha SECRET');
    const { paths } = temp.start();
    assert.equal((await paths('alpha', { ceiling: 'high' })).length, 2);
    assert.deepEqual(await paths('alpha', { ceiling: 'low' }), ['work/open.md']);
  });

  test('leaves out a file that has risen above it', async () => {
    await temp.write('a.md', 'alpha');
    const { search } = temp.start();
    await search('alpha', { ceiling: 'low' });
    await temp.write('a.md', 'alpha SECRET');
    const answer = await search('alpha', { ceiling: 'low' });
    assert.deepEqual([answer.hits.length, answer.left_out, answer.searched], [0, 1, 0]);
  });

  test('gives the answer the highest label of its hits', async () => {
    await temp.write('a.md', 'alpha PRIVATE');
    await temp.write('b.md', 'beta SECRET');
    const { search } = temp.start();
    assert.equal((await search('alpha')).label, 'medium');
    assert.equal((await search('alpha beta')).label, 'high');
  });
});

describe('an end', () => {
  test('by its signal rejects the search with the reason and stops the walk', async () => {
    for (let i = 0; i < 300; i += 1) await temp.write(`f${i}`, 'alpha');
    const stop = new AbortController();
    const reason = new Error('cancelled by the user');
    const walk = makeTempFolderWalk(async () => stop.abort(reason));
    const { gateway } = temp.start({}, walk);
    const args = { text: 'alpha', limit: 1 };
    const search = gateway.search(folderResource(temp.root), scopeOf(temp.root), args, stop.signal);
    await assert.rejects(search, reason);
    assert.ok(walk.reads.length <= 1);
  });

  test('by close refuses later searches and ends the thread', async () => {
    await temp.write('a.md', 'alpha');
    const { gateway, search, power } = temp.start();
    await search('alpha');
    await gateway.close();
    await assert.rejects(search('alpha'), { code: 'storage_failed' });
    assert.equal(power.threads.length, 1);
  });
});
