import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  MOST_QUERY_TERMS,
  queryTerms,
} from '../../../../core/broker/gateway/search/query-terms.ts';

test('queryTerms drops common words where telling ones remain', () => {
  assert.deepEqual(queryTerms('what is the Patent clause about'), ['patent', 'clause']);
});

test('queryTerms keeps common words where nothing else remains', () => {
  assert.deepEqual(queryTerms('to be or not'), ['not']);
  assert.deepEqual(queryTerms('the of'), ['the', 'of']);
});

test('queryTerms names each term once', () => {
  assert.deepEqual(queryTerms('Log log LOG lög'), ['log']);
});

test('queryTerms sees no operator', () => {
  assert.deepEqual(queryTerms('name:"a1" NEAR(b1, 2) -c1* ^d1 {e1}'), [
    ...['name', 'a1', 'near', 'b1', '2', 'c1', 'd1', 'e1'],
  ]);
});

test('queryTerms of a text without letters and numbers is empty', () => {
  assert.deepEqual(queryTerms(' "*" -- () \u0000 🔒 '), []);
});

test('queryTerms takes at most 32 terms', () => {
  const text = Array.from({ length: 100 }, (_, i) => `w${i}`).join(' ');
  assert.equal(queryTerms(text).length, MOST_QUERY_TERMS);
});

test('queryTerms reads 1000 characters and drops the word that the cut splits', () => {
  const text = `${'x '.repeat(497)}whole splitword beyond`;
  assert.deepEqual(queryTerms(text), ['x', 'whole']);
});

test('queryTerms keeps the last word where it ends at the cut', () => {
  const text = `${'x '.repeat(497)}sixsix beyond`;
  assert.deepEqual(queryTerms(text), ['x', 'sixsix']);
});
