import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { makeFullTextIndex } from '../../../../core/broker/gateway/search/full-text-index.ts';

const open = () => makeFullTextIndex(() => new DatabaseSync(':memory:'));
const rows = (found: readonly { row: number }[]): number[] => found.map(({ row }) => row);

test('change drops and puts together or not at all', () => {
  const index = open();
  index.change([], [{ row: 1, name: 'a', body: 'alpha' }]);
  const twice = { row: 2, name: 'b', body: 'alpha' };
  assert.throws(() => index.change([1], [twice, twice]));
  assert.deepEqual(rows(index.find(['alpha'], 5)), [1]);
  index.change([1], [twice]);
  assert.deepEqual(rows(index.find(['alpha'], 5)), [2]);
});

test('find takes terms that hold quotes and operators as text', () => {
  const index = open();
  index.change([], [{ row: 1, name: 'a', body: 'alpha beta' }]);
  assert.deepEqual(rows(index.find(['"alpha" OR "', 'beta"'], 5)), [1]);
  assert.deepEqual(index.find(['name:a', '*'], 5), []);
});

test('find of no term finds nothing', () => {
  assert.deepEqual(open().find([], 5), []);
});

test('find reads a text with a NUL to its end', () => {
  const index = open();
  index.change([], [{ row: 1, name: 'a', body: 'one\n\u0000\ntwo alpha' }]);
  assert.equal(index.find(['alpha'], 5)[0]?.passages[0]?.last_line, 3);
});

test('find scans a bounded amount of text for passages', () => {
  const index = open();
  const body = `alpha ${'word '.repeat(1_000_000)}`;
  const put = Array.from({ length: 5 }, (_, i) => ({ row: i + 1, name: `f${i}`, body }));
  index.change([], put);
  const found = index.find(['alpha'], 5);
  assert.deepEqual(
    found.map(({ passages }) => passages.length),
    [1, 1, 1, 0, 0],
  );
});
