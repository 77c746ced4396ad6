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
  assert.equal(new Set(citations.map(({ path }) => path)).size, 3);
  for (const { path, first_line, last_line, quote } of citations) {
    const there = LICENSE.slice(first_line - 1, last_line)
      .join(' ')
      .replace(/\s+/g, ' ');
    assert.ok(there.includes(quote), quote);
    assert.match(quote, /patent/);
    assert.ok(text.includes(`> ${quote}\n\n\`${path}:${first_line}-${last_line}\``));
    assert.ok(text.includes(`## \`${path}\`\n`));
  }
});

test('report quotes no sentence that the passage cuts', async () => {
  // Lines 76 to 86 of the licence begin and end in the middle of sentences.
  const { citations, text } = await runStep<Report>('report', {
    instruction: INSTRUCTION,
    findings: [finding('a/L1', 76, 86)],
  });
  assert.deepEqual(citations, []);
  assert.match(text, /## Left out\n\n- `a\/L1`: no whole sentence to quote; 2 sentences cut/);
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
  assert.match(text, /- `n\/lunch\.md`: 1 sentence not quoted/);
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
  assert.equal(text, '# Report\n\nNothing was found to quote.\n');
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
    'summarize user_docs/notes.md': 'User_docs/notes.md',
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
