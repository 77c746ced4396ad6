import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asReference, at, referencesIn, withResults } from '../../core/vocabulary/reference.ts';

test('asReference() takes an object of exactly `$from` and `pointer`', () => {
  assert.deepEqual(asReference({ $from: 's1', pointer: '/text' }), {
    $from: 's1',
    pointer: '/text',
  });
  for (const value of [
    { $from: 's1' },
    { $from: 's1', pointer: 'text' },
    { $from: 1, pointer: '' },
    { $from: 's1', pointer: '', more: 1 },
    ['s1', ''],
    null,
  ]) {
    assert.equal(asReference(value), undefined, JSON.stringify(value));
  }
});

test('withResults() puts a result in as data and never follows a reference inside it', () => {
  const hostile = { text: { $from: 's2', pointer: '' } };
  const filled = withResults({ content: { $from: 's1', pointer: '/text' } }, () => hostile);
  assert.deepEqual(JSON.parse(JSON.stringify(filled)), { content: { $from: 's2', pointer: '' } });
});

test('withResults() is undefined when a result or the place in it is missing', () => {
  assert.equal(
    withResults([{ $from: 's1', pointer: '/no' }], () => ({})),
    undefined,
  );
  assert.equal(
    withResults({ a: { $from: 's1', pointer: '' } }, () => undefined),
    undefined,
  );
});

test('at() sees own properties and array indices only', () => {
  assert.equal(at({ a: [{ 'b/c': 1 }] }, '/a/0/b~1c'), 1);
  assert.equal(at({}, '/constructor'), undefined);
  assert.equal(at([1], '/00'), undefined);
  assert.equal(at('text', '/length'), undefined);
});

test('referencesIn() finds references at any depth', () => {
  const found = referencesIn({ a: [{ b: { $from: 'x', pointer: '' } }], c: 1 });
  assert.deepEqual(found, [{ $from: 'x', pointer: '' }]);
});
