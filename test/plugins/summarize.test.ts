import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { fileHandle, runStep } from './run-step.ts';

interface Quote {
  readonly path?: string;
  readonly text: string;
  readonly first_line: number;
  readonly last_line: number;
}
interface Summary {
  readonly text: string;
  readonly sentences: readonly Quote[];
  readonly sources: readonly string[];
  readonly considered: number;
  readonly complete: boolean;
}

const LICENSE = readFileSync(`${PACKAGE_ROOT}/LICENSE`, 'utf8');
const summarizeFile = (text: string, path: string, sentences?: number): Promise<Summary> =>
  runStep<Summary>(
    'summarize',
    { path, ...(sentences === undefined ? {} : { sentences }) },
    { path: fileHandle(text) },
  );

const foldedLines = (text: string, { first_line, last_line }: Quote): string =>
  text
    .split('\n')
    .slice(first_line - 1, last_line)
    .join(' ')
    .replace(/\s+/g, ' ');

for (const count of [1, 5, 20]) {
  test(`summarize quotes ${count} sentences verbatim, in order, none twice, with their lines`, async () => {
    const summary = await summarizeFile(LICENSE, 'docs/LICENSE', count);
    assert.equal(summary.sentences.length, count);
    let line = 0;
    for (const quote of summary.sentences) {
      assert.ok(foldedLines(LICENSE, quote).includes(quote.text), quote.text);
      assert.ok(quote.first_line >= line);
      line = quote.first_line;
      const { first_line, last_line } = quote;
      const lines = first_line === last_line ? `${first_line}` : `${first_line}-${last_line}`;
      assert.ok(summary.text.includes(`- ${quote.text} (docs/LICENSE:${lines})\n`));
    }
    assert.equal(new Set(summary.sentences.map(({ text }) => text)).size, count);
    assert.deepEqual(summary.sources, ['docs/LICENSE']);
    assert.ok(summary.text.startsWith('From docs/LICENSE:\n'));
  });
}

test('summarize quotes five sentences where no number is asked', async () => {
  assert.equal((await summarizeFile(LICENSE, 'docs/LICENSE')).sentences.length, 5);
});

test('summarize quotes all that there is where more is asked', async () => {
  const summary = await summarizeFile('One thing is said. And so is another.', 'a.txt', 40);
  assert.deepEqual(
    summary.sentences.map(({ text }) => text),
    ['One thing is said.', 'And so is another.'],
  );
});

test('summarize of Markdown quotes prose and neither headings nor code', async () => {
  const text = '# Backups are here.\n\n```\nBackups run in code.\n```\n\nBackups run each night.\n';
  const { sentences } = await summarizeFile(text, 'notes.md', 40);
  assert.deepEqual(sentences, [
    { path: 'notes.md', text: 'Backups run each night.', first_line: 7, last_line: 7 },
  ]);
});

test('summarize quotes the points of a list that has no sentences', async () => {
  const text = '- backups run each night\n- restores need the key\n';
  assert.equal((await summarizeFile(text, 'notes.md', 40)).sentences.length, 2);
});

test('summarize of a given text names its lines and no file', async () => {
  const { sentences, sources, text } = await runStep<Summary>('summarize', {
    content: 'One thing is said.\nAnd so is another.',
  });
  assert.deepEqual(sentences, [
    { text: 'One thing is said.', first_line: 1, last_line: 1 },
    { text: 'And so is another.', first_line: 2, last_line: 2 },
  ]);
  assert.deepEqual(sources, []);
  assert.match(text, /^From the given text:\n\n- One thing is said\. \(line 1\)\n/);
});

test('summarize of findings quotes from each file by turns and drops what a passage cuts', async () => {
  const passage = (first_line: number, text: string) => ({
    first_line,
    last_line: first_line + text.split('\n').length - 1,
    text,
  });
  const { sentences } = await runStep<Summary>('summarize', {
    sentences: 2,
    findings: [
      {
        path: 'docs/a.md',
        score: 2,
        passages: [
          passage(10, 'of a cut one. The backup of a runs daily.\nIt takes the backup to'),
        ],
      },
      { path: 'docs/b.md', score: 1, passages: [passage(1, 'The backup of b runs weekly.')] },
    ],
  });
  assert.deepEqual(sentences, [
    { path: 'docs/a.md', text: 'The backup of a runs daily.', first_line: 10, last_line: 10 },
    { path: 'docs/b.md', text: 'The backup of b runs weekly.', first_line: 1, last_line: 1 },
  ]);
});

test('summarize says when there is nothing to quote', async () => {
  for (const input of [{ content: '' }, { findings: [] }, { content: '# Only a heading.' }]) {
    const { text, sentences } = await runStep<Summary>('summarize', input);
    assert.equal(text, 'There is no sentence to quote.\n');
    assert.deepEqual(sentences, []);
  }
});

test('summarize says when it read only the beginning of a file', async () => {
  const line = 'The same plain sentence number stands here again and again. ';
  const { complete, text } = await summarizeFile(line.repeat(20_000), 'long.txt', 1);
  assert.equal(complete, false);
  assert.match(text, /the file is longer/);
});

test('summarize refuses no source and two sources', async () => {
  for (const input of [{}, { content: 'a', findings: [] }]) {
    await assert.rejects(runStep('summarize', input), /exactly one of/);
  }
});

test('summarize of a topic quotes what names it, in either number, and says where nothing does', async () => {
  const text =
    'Lunch is served at noon. One backup runs each night. The weather was fine all week.';
  const about = await runStep<Summary>(
    'summarize',
    { path: 'a.md', topic: 'backups' },
    { path: fileHandle(text) },
  );
  assert.deepEqual(
    about.sentences.map((sentence) => sentence.text),
    ['One backup runs each night.'],
  );
  const missed = await runStep<Summary>(
    'summarize',
    { path: 'a.md', topic: 'taxes', sentences: 1 },
    { path: fileHandle(text) },
  );
  assert.match(
    missed.text,
    /^No whole sentence names `taxes`\. What stands there says:\n\nFrom a\.md:/,
  );
});

const ODD_TEXTS: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'an empty file': ['', []],
  'white space alone': [' \n\t\n', []],
  'one line without a line end': [
    'One single thing is said here',
    ['One single thing is said here'],
  ],
  'a file without sentence ends': [
    'we went down to the sea\n\nand there was nothing to see',
    ['we went down to the sea', 'and there was nothing to see'],
  ],
  'carriage returns': [
    'The first thing is\r\nsaid over two lines.\r\n\r\nThe second thing is short.\r\n',
    ['The first thing is said over two lines.', 'The second thing is short.'],
  ],
  'a script without spaces': [
    '我们每天晚上都备份所有文件。午饭在中午。',
    ['我们每天晚上都备份所有文件。', '午饭在中午。'],
  ],
  'tables, code and lists': [
    '| a | b |\n| - | - |\n| this is a row | of a table. |\n\n```\nx = 1. Or not.\n```\n\n- A point is made here.\n',
    ['A point is made here.'],
  ],
};
for (const [name, [text, expected]] of Object.entries(ODD_TEXTS)) {
  test(`summarize takes ${name}`, async () => {
    const { sentences } = await summarizeFile(text, 'odd.md', 40);
    assert.deepEqual(
      sentences.map((sentence) => sentence.text),
      expected,
    );
  });
}

test('summarize of a topic in a script without spaces finds it inside a sentence', async () => {
  const { sentences } = await runStep<Summary>(
    'summarize',
    { path: 'a.md', topic: '备份' },
    { path: fileHandle('今天的天气一直都很好。我们每天晚上都备份所有文件。') },
  );
  assert.deepEqual(
    sentences.map(({ text }) => text),
    ['我们每天晚上都备份所有文件。'],
  );
});

const LONG_TEXTS: Readonly<Record<string, string>> = {
  'numbers without an end': '4 '.repeat(500_000),
  'full stops': '. '.repeat(500_000),
  'numbers with full stops': '4. '.repeat(333_000),
  'the shortest paragraphs': 'A\n\n'.repeat(333_000),
  'the shortest sentences': 'Ab cd ef. '.repeat(100_000),
};
for (const [name, text] of Object.entries(LONG_TEXTS)) {
  test(`summarize weighs a bounded number of sentences of ${name}`, async () => {
    const { considered } = await summarizeFile(text, 'long.txt');
    assert.ok(considered <= 12_000);
  });
}
