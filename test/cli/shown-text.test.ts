import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fit, linesOf, visible, wrap } from '../../core/cli/shown-text.ts';

test('a line that is cut ends in a mark and in a whole character', () => {
  assert.equal(fit('short', 5), 'short');
  assert.equal(fit('one two three', 8), 'one two…');
  assert.equal(fit('𝒳𝒳𝒳𝒳', 3), '𝒳𝒳…');
});

test('wrapped lines hold every word, in order, and no more columns than a word needs', () => {
  const line = 'a quick brown fox and aVeryLongWordThatStaysWhole here';
  const lines = wrap(line, 16);
  assert.equal(lines.join(' '), line);
  assert.ok(lines.every((each) => each.length <= 16 || !each.includes(' ')));
  assert.deepEqual(wrap('', 10), ['']);
  assert.deepEqual(wrap('- one two three', 10), ['- one two', '  three']);
});

test('nothing that a text holds reaches the terminal as a control', () => {
  assert.equal(visible('a\u001b[31m\u202eb'), 'a\\u{1b}[31m\\u{202e}b');
  assert.deepEqual(linesOf('a\tb\r\nc\rd\u0007\n\n'), ['a    b', 'c\\u{d}d\\u{7}']);
});
