import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { PASSAGE_OPTIONS, passages } from '../../../../core/broker/gateway/search/passages.ts';
import type { Passage } from '../../../../core/broker/gateway/search/search-answer.ts';
import { runs } from '../../../harness/runs.ts';

const GPL = readFileSync('/usr/share/common-licenses/GPL-3', 'utf8');

const linesOf = (text: string, { first_line, last_line }: Passage): string =>
  text
    .split('\n')
    .slice(first_line - 1, last_line)
    .join('\n');

test('passages are the verbatim lines that they name', () => {
  const found = passages(GPL, ['patent']);
  assert.equal(found.length, 3);
  for (const passage of found) assert.equal(passage.text, linesOf(GPL, passage));
});

test('passages hold the whole sentence around a term, over several lines', () => {
  const text = [
    'Filler goes here.',
    '',
    'Nothing of note happens in this first sentence. The backup of the',
    'archive runs every night at',
    'two. It is kept for a year.',
    '',
    'Filler ends here.',
  ].join('\n');
  const [passage] = passages(text, ['archive']);
  assert.deepEqual([passage?.first_line, passage?.last_line], [3, 5]);
});

test('passages prefer the sentence that holds most of the terms', () => {
  const filler = 'A plain sentence that says nothing of interest to anybody.\n\n'.repeat(20);
  const text = `The red thing was seen by all of them that day.\n\n${filler}The red and the green thing met each other at night.\n`;
  const [passage] = passages(text, ['red', 'green'], { most: 1 });
  assert.match(passage?.text ?? '', /green/);
});

test('passages prefer a telling term over a common one', () => {
  const filler = 'A plain sentence that says nothing of interest to anybody.\n\n'.repeat(20);
  const text = `The common thing was seen by all of them that day.\n\n${filler}The rare thing was seen by none of them at all.\n`;
  const weights = new Map([
    ['common', 0.1],
    ['rare', 2],
  ]);
  const [passage] = passages(text, ['common', 'rare'], { most: 1, weights });
  assert.match(passage?.text ?? '', /rare/);
});

test('passages find whole words only, whatever their case and accents', () => {
  assert.deepEqual(passages('the category scatters bobcat', ['cat']), []);
  assert.equal(passages('Le CAFÉ ferme.', ['cafe']).length, 1);
  assert.equal(passages('Le re\u0301sume\u0301 ferme.', ['resume']).length, 1);
});

test('passages of a long line are pieces of it that end with a sentence', () => {
  const sentence = 'This sentence talks about nothing and then stops. ';
  const line = `${sentence.repeat(55)}The archive is here. ${sentence.repeat(60)}`;
  const [passage, ...others] = passages(`first\n${line}\nlast`, ['archive']);
  assert.deepEqual(others, []);
  assert.deepEqual([passage?.first_line, passage?.last_line], [2, 2]);
  assert.ok((passage?.text.length ?? 0) <= PASSAGE_OPTIONS.maxChars);
  assert.match(passage?.text ?? '', /stops\. The archive is here\. This.*stops\. $/);
});

test('passages never split a surrogate pair', () => {
  const text = `x${'\u{1F512}'.repeat(2000)} needle`;
  for (const { text: piece } of passages(text, ['needle', 'x'])) assert.ok(piece.isWellFormed());
});

test('passages of a text without the terms are none', () => {
  assert.deepEqual(passages(GPL, ['zebra']), []);
  assert.deepEqual(passages('', ['zebra']), []);
});

test('passages of any text are verbatim, in order, apart from each other and within their size', () => {
  const word = fc.constantFrom(
    'a',
    'b',
    'ab',
    'É',
    '.',
    '. ',
    ' ',
    '\n',
    '\n\n',
    '- ',
    '\r\n',
    'İ',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 200 }), (words) => {
      const text = words.join('');
      const size = { maxLines: 3, maxChars: 20, most: 3 };
      let from = 0;
      for (const passage of passages(text, ['a', 'e'], size)) {
        const at = text.indexOf(passage.text, from);
        assert.ok(at >= from, 'verbatim and behind the one before');
        from = at + passage.text.length;
        assert.ok(linesOf(text, passage).includes(passage.text));
        assert.ok(passage.text.length <= size.maxChars);
        assert.ok(passage.last_line - passage.first_line < size.maxLines);
        assert.match(passage.text, /[aé]/iu);
      }
    }),
    { numRuns: runs(300) },
  );
});

test('passages come from the first 100 000 lines and the first 40 000 sentences of a text', () => {
  const needle = 'The needle lies at the end of all this hay.';
  assert.equal(passages(`${'x\n'.repeat(99_000)}${needle}`, ['needle']).length, 1);
  assert.equal(passages(`${'x\n'.repeat(101_000)}${needle}`, ['needle']).length, 0);
  assert.equal(passages(`${'X. '.repeat(39_000)}\n${needle}`, ['needle']).length, 1);
  assert.equal(passages(`${'X. '.repeat(41_000)}\n${needle}`, ['needle']).length, 0);
});

const MEGABYTE = 1 << 20;
for (const [name, unit] of [
  ['one letter', 'a'],
  ['terms and spaces', 'a '],
  ['full stops', '. '],
  ['empty lines', '\n'],
  ['list items', '\n- '],
  ['spaces after a stop', `.${' '.repeat(5000)}a`],
  ['spaces after a line feed', `\n${' '.repeat(5000)}a`],
  ['closing quotes', `."${'"'.repeat(5000)}`],
  ['accents', 'aé'],
] as const)
  test(`passages of two megabytes of ${name} take linear time`, () => {
    const text = unit.repeat(Math.ceil((2 * MEGABYTE) / unit.length));
    const before = performance.now();
    passages(text, ['a', 'aa', 'e']);
    assert.ok(performance.now() - before < 10_000);
  });
