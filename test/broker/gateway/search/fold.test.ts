import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  fold,
  isTokenAt,
  isTokenBefore,
  tokens,
} from '../../../../core/broker/gateway/search/fold.ts';

test('fold lowers case and removes diacritics, composed or not', () => {
  assert.equal(fold('Ärger CAFE\u0301 ếẾ İx'), 'arger cafe ee ix');
});

test('fold leaves marks that are no Latin diacritics, as unicode61 does', () => {
  assert.equal(fold('が'), 'が');
});

test('fold keeps the number of lines of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(fold(text).split('\n').length, text.split('\n').length);
    }),
  );
});

test('tokens are runs of letters and numbers', () => {
  assert.deepEqual(tokens("The GPL-3's §2.1 (a) naïve_test"), [
    ...['the', 'gpl', '3', 's', '2', '1', 'a', 'naive', 'test'],
  ]);
});

test('a token character of two units is seen from both sides', () => {
  assert.equal(isTokenBefore('x\u{20000}|', 3), true);
  assert.equal(isTokenAt('|\u{20000}', 1), true);
  assert.equal(isTokenBefore('\u{1F512}lock', 2), false);
  assert.equal(isTokenBefore('lock', 0), false);
  assert.equal(isTokenAt('lock', 4), false);
});
