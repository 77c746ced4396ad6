import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { approvalSentence } from '../../../core/broker/plan/approval-sentence.ts';
import { sizeText } from '../../../core/broker/plan/size-text.ts';
import { ACTIONS } from '../../../core/vocabulary/enums.ts';

const file = (display: string, size: number | null = null, exists = true) => ({
  display,
  exists,
  size,
});

test('a sentence says what is done to which resource, new or replaced, and how large', () => {
  const rows = [
    [
      approvalSentence({
        action: 'write_file',
        resources: [file('outputs/patents.md', null, false)],
        bytes: 12_288,
      }),
      'write 1 file: outputs/patents.md (new, 12 KB)',
    ],
    [
      approvalSentence({
        action: 'overwrite_file',
        resources: [file('outputs/x.md', 3_072)],
        bytes: 12_000,
      }),
      'replace 1 file: outputs/x.md (12 KB, was 3 KB)',
    ],
    [
      approvalSentence({ action: 'read_file', resources: [file('user_docs/a.txt', 1_536)] }),
      'read 1 file: user_docs/a.txt (1.5 KB)',
    ],
    [
      approvalSentence({ action: 'local_search', resources: [file('user_docs')] }),
      'search 1 folder: user_docs',
    ],
    [
      approvalSentence({ action: 'report', resources: [file('a', 1), file('b', null, false)] }),
      'report on 2 files: a (1 byte), b (not there)',
    ],
    [
      approvalSentence({ action: 'write_file', resources: [file('outputs/x.md', 9, true)] }),
      'write 1 file: outputs/x.md (exists already, size not known yet)',
    ],
    [approvalSentence({ action: 'batch_delete', resources: [] }), 'delete no files'],
  ] as const;
  for (const [actual, expected] of rows) assert.equal(actual, expected);
});

test('sizes are rounded for people and never show 1024 of a unit', () => {
  const rows = [
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1024, '1 KB'],
    [10_189, '10 KB'],
    [1_048_575, '1 MB'],
    [1_572_864, '1.5 MB'],
  ] as const;
  for (const [bytes, text] of rows) assert.equal(sizeText(bytes), text);
});

test('invisible, look-alike and reordering characters are shown as escapes', () => {
  const sentence = (display: string): string =>
    approvalSentence({ action: 'read_file', resources: [file(display)] });
  assert.equal(sentence('a\u202egpj.exe'), 'read 1 file: a\\u{202e}gpj.exe');
  assert.equal(sentence('a\u200bb'), 'read 1 file: a\\u{200b}b');
  assert.equal(sentence('\u0430.md'), 'read 1 file: \\u{430}.md');
  assert.equal(sentence('😀\n\u001b[2J'), 'read 1 file: \\u{1f600}\\u{a}\\u{1b}[2J');
  assert.equal(
    sentence('<b>&\'"\\u{41}'),
    'read 1 file: \\u{3c}b\\u{3e}\\u{26}\\u{27}\\u{22}\\u{5c}u{41}',
  );
});

test('a name cannot look like a second entry or like facts of its own', () => {
  const spoof = 'a.md (new, 1 KB), outputs/b.md';
  const sentence = approvalSentence({
    action: 'write_file',
    resources: [file(spoof, null, false)],
    bytes: 5,
  });
  assert.equal(
    sentence,
    'write 1 file: a.md\\u{20}(new,\\u{20}1 KB),\\u{20}outputs/b.md (new, 5 bytes)',
  );
  assert.equal(sentence.split(' (').length, 2);
});

test('every sentence is plain ASCII, on one line, at most 4096 characters', () => {
  const resources = fc.array(
    fc.record({
      display: fc.string({ unit: 'binary', maxLength: 600 }),
      exists: fc.boolean(),
      size: fc.option(fc.nat()),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(fc.constantFrom(...ACTIONS), resources, fc.nat(), (action, list, bytes) => {
      const sentence = approvalSentence({ action, resources: list, bytes });
      assert.match(sentence, /^[ -~]*$/);
      assert.doesNotMatch(sentence, /[<>&'"]/);
      assert.ok(sentence.length <= 4096);
    }),
  );
});

test('what is not shown is counted', () => {
  const resources = Array.from({ length: 5 }, () => file('\u200b'.repeat(2000)));
  const sentence = approvalSentence({ action: 'report', resources });
  assert.match(sentence, /^report on 5 files: /);
  assert.match(sentence, /characters cut\]/);
  assert.match(sentence, /, and [1-4] more that are not shown here$/);
});
