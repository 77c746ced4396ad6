import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Sentence, sentencesOf } from '../../../plugins/text/sentences.ts';
import { runs } from '../../harness/runs.ts';

const read = (text: string, markdown = true): readonly Sentence[] =>
  sentencesOf(text, { markdown });
const whole = (text: string, markdown = true): readonly string[] =>
  read(text, markdown)
    .filter(({ kind }) => kind === 'whole')
    .map((sentence) => sentence.text);

test('sentencesOf joins wrapped lines and says where each sentence stands', () => {
  const text = 'First one here. Second\none is wrapped.\n\nThird one alone.';
  assert.deepEqual(
    read(text).map((s) => [s.text, s.first_line, s.last_line, s.kind]),
    [
      ['First one here.', 1, 1, 'whole'],
      ['Second one is wrapped.', 1, 2, 'whole'],
      ['Third one alone.', 4, 4, 'whole'],
    ],
  );
});

test('sentencesOf does not end a sentence at an abbreviation, a number or an initial', () => {
  const sentences = [
    'Dr. Smith met J. R. Hartley, e.g. at noon, i.e. at 12.30 p.m. sharp.',
    'See Fig. 3 and No. 7 of Vol. 2 for version 1.2.3 of node.js today.',
    'The Example Co. Ltd. pays for this.',
    'It is in the U.S. and in the U.K. too.',
    'He asked "Why?" and left (see below) at once.',
  ];
  assert.deepEqual(whole(sentences.join(' ')), sentences);
});

test('sentencesOf ends a sentence at an abbreviation that a new sentence follows', () => {
  assert.deepEqual(whole('Bring pens, paper, etc. The room is open.'), [
    'Bring pens, paper, etc.',
    'The room is open.',
  ]);
});

test('sentencesOf keeps closing quotes, brackets and emphasis with their sentence', () => {
  assert.deepEqual(
    whole('He said "stop now." Then he left. (It was late.) **It is bold.** Next one!'),
    ['He said "stop now."', 'Then he left.', '(It was late.)', '**It is bold.**', 'Next one!'],
  );
});

test('sentencesOf reads full stops of Chinese and Japanese, which no space follows', () => {
  assert.deepEqual(whole('今日は晴れです。明日は雨です。'), ['今日は晴れです。', '明日は雨です。']);
});

test('sentencesOf passes over headings, code, tables, rulers, images, tags and settings', () => {
  const text = `---
title: Some title here.
---
# A heading is here.

Setext heading it is.
=====================

Prose stands here.

\`\`\`js
Code is not prose.
~~~
\`\`\`

    Indented code is none.

| A cell here. | Another cell here. |
|---|---|
![An image here.](x.png)
<div>
[link]: http://example.org/ A target here.
***
Prose ends here.
`;
  assert.deepEqual(whole(text), ['Prose stands here.', 'Prose ends here.']);
});

test('sentencesOf reads indented paragraphs of a plain text', () => {
  assert.deepEqual(whole('  Title\n\n        A paragraph far\n    to the right.\n', false), [
    'A paragraph far to the right.',
  ]);
});

test('sentencesOf leaves out the markers of lists and quotations', () => {
  const text =
    '- One point here.\n* Another point\n  goes on.\n\n3) Third point here.\n b. Fourth point here.\n> A quoted line.\n';
  assert.deepEqual(whole(text), [
    'One point here.',
    'Another point goes on.',
    'Third point here.',
    'Fourth point here.',
    'A quoted line.',
  ]);
});

test('sentencesOf quotes nothing that the marks of a quotation interrupt', () => {
  const text =
    '> One line ends here. A sentence goes\n> On to the next line here. And a whole one.\n';
  assert.deepEqual(whole(text), ['One line ends here.', 'And a whole one.']);
});

test('sentencesOf tells fragments and titles from sentences', () => {
  const kinds = read('- buy milk\n- a point without stop\n\nThe Great Title. And a sentence here.');
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['fragment', 'fragment', 'fragment', 'whole'],
  );
});

test('sentencesOf marks what a passage cuts at its beginning and at its end', () => {
  const passage = 'goes on from before. A whole sentence here.\nThe last is cut by';
  const sentences = sentencesOf(passage, { markdown: false, firstLine: 40, part: 'excerpt' });
  assert.deepEqual(
    sentences.map(({ kind, first_line }) => [kind, first_line]),
    [
      ['cut', 40],
      ['whole', 40],
      ['cut', 41],
    ],
  );
  const unsure = sentencesOf('License of this kind. It was written by Foo Inc.', {
    markdown: false,
    firstLine: 7,
    part: 'excerpt',
  });
  assert.deepEqual(
    unsure.map(({ kind, edge }) => [kind, edge]),
    [
      ['whole', true],
      ['cut', false],
    ],
    'a beginning that may lie before the passage is marked, an end at an abbreviation is cut',
  );
});

test('each sentence equals the text of its lines after folding white space', () => {
  const word = fc.constantFrom(
    'Aa',
    'bb',
    'e.g.',
    'end.',
    'Stop!',
    '- ',
    '> ',
    '# ',
    '"Q."',
    'U.S.',
    '3.',
  );
  const gap = fc.constantFrom(' ', '\n', '\n\n', '  ', '\r\n', '\n    ');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, gap), { maxLength: 40 }),
      fc.boolean(),
      (parts, markdown) => {
        const text = parts.flat().join('');
        const lines = text.split('\n');
        for (const { text: sentence, first_line, last_line } of read(text, markdown)) {
          const there = lines
            .slice(first_line - 1, last_line)
            .join(' ')
            .replace(/\s+/g, ' ');
          assert.ok(
            there.includes(sentence),
            `${JSON.stringify(sentence)} in ${JSON.stringify(text)}`,
          );
        }
      },
    ),
    { numRuns: runs(300) },
  );
});

test('texts made to slow a splitter down end in seconds, not hours', () => {
  const before = performance.now();
  for (const piece of [
    '.',
    '.x',
    'A! ',
    '\n',
    '> A b c.\n',
    '|',
    '* ',
    '[',
    ".''''",
    'e.g. A ',
    '>',
  ]) {
    read(`${piece.repeat(200_000 / piece.length)}x`);
  }
  assert.ok(performance.now() - before < 20_000);
});
