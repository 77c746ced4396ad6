import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { titleOf, topicOf } from '../../plugins/writing/instruction.ts';
import { fileHandle, runStep } from './run-step.ts';

interface Citation {
  readonly path?: string;
  readonly first_line: number;
  readonly last_line: number;
  readonly quote: string;
}
interface Report {
  readonly text: string;
  readonly citations: readonly Citation[];
}

const LICENSE = readFileSync(`${PACKAGE_ROOT}/LICENSE`, 'utf8').split('\n');
const INSTRUCTION =
  'find what the licenses say about patents and write a report to outputs/patents.md';

const finding = (path: string, first_line: number, last_line: number, lines = LICENSE) => ({
  path,
  score: 1,
  passages: [{ first_line, last_line, text: lines.slice(first_line - 1, last_line).join('\n') }],
});

const fileWith = (text: string, path: string) => finding(path, 1, 1, [text]);

test('report cites each source with file and lines, and each quotation stands there', async () => {
  const findings = ['a/L1', 'a/L2', 'a/L3'].map((path) => finding(path, 67, 89));
  const { text, citations } = await runStep<Report>('report', {
    instruction: INSTRUCTION,
    findings,
  });
  assert.match(text, /^# What the licenses say about patents\n/);
  assert.ok(citations.length > 0);
  for (const { path, first_line, last_line, quote } of citations) {
    const there = LICENSE.slice(first_line - 1, last_line)
      .join(' ')
      .replace(/\s+/g, ' ');
    assert.ok(there.includes(quote), quote);
    assert.match(quote, /patent/);
    const place = `${first_line}-${last_line}`;
    assert.ok(text.includes(`> ${quote}\n\n\`${path}:${place}\`, the same in \`a/L2:${place}\``));
    assert.ok(text.includes(`## \`${path}\`\n`));
  }
});

test('report quotes a sentence once, whatever its case, and names the other places', async () => {
  const { citations, text } = await runStep<Report>('report', {
    instruction: 'report on backups',
    findings: [
      fileWith('The backup of all files runs each night.', 'n/a.md'),
      fileWith(
        'THE  backup of all\u00a0files runs each night. A backup is tested each month.',
        'n/b.md',
      ),
      fileWith('The backup of all files runs each night.', 'n/c.md'),
    ],
  });
  assert.deepEqual(
    citations.map(({ path, quote }) => [path, quote]),
    [
      ['n/a.md', 'The backup of all files runs each night.'],
      ['n/b.md', 'A backup is tested each month.'],
    ],
  );
  assert.ok(text.includes('`n/a.md:1`, the same in `n/b.md:1`, `n/c.md:1`\n'), text);
  assert.match(text, /- `n\/b\.md`: 1 sentence that is quoted from another file\n/);
  assert.match(text, /- `n\/c\.md`: everything, since the same sentences are quoted from other/);
});

test('report says in its first line what was searched for, where, and how much of it is quoted', async () => {
  const about = fileWith('The backup of all files runs each night.', 'n/a.md');
  const cut = fileWith('and the backup of all', 'n/b.md');
  const input = { instruction: 'report on backups', query: 'backups', searched: 17 };
  const both = await runStep<Report>('report', { ...input, findings: [about, cut] });
  assert.match(
    both.text,
    /\n\n1 sentence, quoted word for word from 1 of the 2 files that a search for `backups` in 17 files found\.\n/,
  );
  const one = await runStep<Report>('report', { ...input, findings: [about] });
  assert.match(one.text, / from the one file that a search for `backups` in 17 files found\./);
  const none = await runStep<Report>('report', { ...input, findings: [] });
  assert.match(
    none.text,
    /Nothing was found to quote\. A search for `backups` in 17 files found no file\./,
  );
});

test('report prefers what states something to lists, asides and headings, at most three a file', async () => {
  const statements = [
    'A backup of every disk is taken before midnight.',
    'Each backup lives for exactly ninety days.',
    'The restore of a backup needs two people.',
  ];
  const others = [
    'The whole way of things: planner, backup, policy, approval, executor, log.',
    'The old tool (it made a backup once) is gone for good now.',
    'Where does one find the backup that was made last?',
    'Backup Tapes Inside Storage.',
  ];
  const { citations } = await runStep<Report>('report', {
    instruction: 'report on backups',
    findings: [fileWith([...others, ...statements].join(' '), 'n/a.md')],
  });
  assert.deepEqual(
    citations.map(({ quote }) => quote),
    statements,
  );
});

test('of a topic of two words, sentences that name both come before those that name one', async () => {
  const { citations } = await runStep<Report>('report', {
    instruction: 'report on the tape drive',
    findings: [
      fileWith('Every tape is good for the people. The tape drive is read at the start.', 'a.md'),
    ],
  });
  assert.deepEqual(
    citations.map(({ quote }) => quote),
    ['The tape drive is read at the start.'],
  );
});

test('report quotes no sentence that the passage cuts', async () => {
  // Lines 76 to 86 of the licence begin and end in the middle of sentences.
  const { citations, text } = await runStep<Report>('report', {
    instruction: INSTRUCTION,
    findings: [finding('a/L1', 76, 86)],
  });
  assert.deepEqual(citations, []);
  assert.match(
    text,
    /## Left out\n\n- `a\/L1`: everything, since no whole sentence was found in it; 2 sentences cut off/,
  );
});

test('report leaves a source out that does not name the topic, and says so', async () => {
  const about = ['a', 'b', 'c'].map((name) =>
    fileWith(`The backup of ${name} runs daily at night.`, `n/${name}.md`),
  );
  const other = fileWith('Lunch is served at noon each day.', 'n/lunch.md');
  const input = { instruction: 'write a report on backups', findings: [...about, other] };
  const { citations, text } = await runStep<Report>('report', input);
  assert.deepEqual(
    citations.map(({ path }) => path),
    ['n/a.md', 'n/b.md', 'n/c.md'],
  );
  assert.match(text, /- `n\/lunch\.md`: everything, since no whole sentence in it names the topic/);
});

test('report quotes at least three findings where so few name the topic', async () => {
  const findings = ['a', 'b', 'c', 'd'].map((name) =>
    fileWith(`Lunch of ${name} is served at noon each day.`, `n/${name}.md`),
  );
  const input = { instruction: 'write a report on backups', findings };
  const { citations } = await runStep<Report>('report', input);
  assert.deepEqual(
    citations.map(({ path }) => path),
    ['n/a.md', 'n/b.md', 'n/c.md'],
  );
});

test('report reads sources and a given text as a whole', async () => {
  const { citations, text } = await runStep<Report>(
    'report',
    {
      instruction: 'report on patents',
      sources: ['docs/LICENSE'],
      content: 'A patent is a right that ends.',
    },
    { sources: [fileHandle(LICENSE.join('\n'))] },
  );
  assert.equal(citations[0]?.path, undefined);
  assert.match(text, /## The given text\n\n> A patent is a right that ends\.\n\n`line 1`\n/);
  assert.ok(citations.filter(({ path }) => path === 'docs/LICENSE').length >= 2);
});

test('report without anything to quote says that nothing was found', async () => {
  const { text, citations } = await runStep<Report>('report', { findings: [] });
  assert.equal(text, '# Report\n\nNothing was found to quote. A search found no file.\n');
  assert.deepEqual(citations, []);
});

test('a path full of backticks stays code in the report', async () => {
  const { text } = await runStep<Report>('report', {
    findings: [fileWith('A plain sentence stands in this file.', 'n/a``b.md')],
  });
  assert.match(text, /## ``` n\/a``b\.md ```\n/);
});

test('titleOf names what an instruction is about, not what is to be done', () => {
  const titles = {
    [INSTRUCTION]: 'What the licenses say about patents',
    'find the notes on backups and write a report to outputs/backup.md': 'The notes on backups',
    'write a short report about the new policy': 'The new policy',
    'summarize user_docs/notes.md': 'user_docs/notes.md',
    'write a report to outputs/x.md': 'Report',
    '  ': 'Report',
    'patents\n# Injected heading': 'Patents # Injected heading',
  };
  for (const [instruction, title] of Object.entries(titles)) {
    assert.equal(titleOf(instruction), title, instruction);
  }
  assert.equal(titleOf(undefined), 'Report');
  assert.ok(titleOf('word '.repeat(500)).length < 130);
});

test('topicOf keeps content words and drops commands and paths', () => {
  assert.deepEqual([...topicOf(INSTRUCTION)], ['patent'], 'the licences say where to look');
  assert.deepEqual([...topicOf('find licenses and patents')], ['licens', 'patent']);
  assert.deepEqual([...topicOf('report on backups to outputs/x.md')], ['backup']);
  assert.deepEqual([...topicOf('write a report to outputs/x.md')], []);
});

test('a title that is cut ends in a whole character', () => {
  for (const letters of ['a', 'ab']) {
    const title = titleOf(`report on ${letters}${'\u{1d4b3}'.repeat(100)}`);
    assert.match(title, /\u{1d4b3} \u2026$/u);
    assert.ok(title.isWellFormed());
  }
});
