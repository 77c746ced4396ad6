import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byCodePoint, canonicalJson } from '../../core/vocabulary/canonical.ts';

test('canonicalJson() sorts keys by code point at every level and leaves no space', () => {
  const value = { b: [1, { z: null, a: true }], a: 'x', '\u{1f600}': 1, '\uffee': 2 };
  assert.equal(
    canonicalJson(value),
    '{"a":"x","b":[1,{"a":true,"z":null}],"\\uffee":2,"\\ud83d\\ude00":1}',
  );
});

test('canonicalJson() escapes DEL and all that is not ASCII, and leaves the slash alone', () => {
  assert.equal(canonicalJson('a/\u007f\u00e9\n"'), '"a/\\u007f\\u00e9\\n\\""');
});

test('canonicalJson() refuses numbers that two languages print differently', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-5, 1e16, 2 ** 53]) {
    assert.throws(() => canonicalJson(value), RangeError, String(value));
  }
  assert.equal(canonicalJson([600, 0.25, -3]), '[600,0.25,-3]');
});

test('byCodePoint() puts astral characters behind U+FFFF', () => {
  assert.deepEqual(['\u{10000}', '\uffff', 'a'].sort(byCodePoint), ['a', '\uffff', '\u{10000}']);
});
