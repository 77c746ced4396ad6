import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { relativeProblem, segmentProblem } from '../../../core/broker/grant/path-segment.ts';
import { runs } from '../../harness/runs.ts';

/** Each with a word of the reason, so that a case is refused for what it is. */
const ODD: readonly (readonly [string, string])[] = [
  ['', 'empty'],
  ['.', 'dot segment'],
  ['..', 'dot segment'],
  ['a/b', 'slash'],
  ['a\\b', 'backslash'],
  ...['a\0b', 'a\nb', 'a\x1b', 'a\x7f', 'a\x85', 'a\ufeff', '\u202ea', 'a\u2066', 'a\u200b'].map(
    (name) => [name, 'control or invisible'] as const,
  ),
  ...[
    'a\u200d',
    'a\u2060',
    'a\u00ad',
    'a\u2028',
    'a\u2029',
    'a\ufe0f',
    'a\u115f',
    'a\u{e0041}',
  ].map((name) => [name, 'control or invisible'] as const),
  ['a\ufffd', 'control or invisible'],
  ['a\uffff', 'control or invisible'],
  ['a\ud800', 'lone surrogate'],
  ['\udc00a', 'lone surrogate'],
  ['e\u0301', 'normalisation'],
  ['\u212b', 'normalisation'],
  ...[
    'a\uff0e',
    'a\uff0fb',
    'a\u2215b',
    'a\u2044b',
    'a\u2024',
    'a\u2025',
    'a\u2026',
    'a\uff3cb',
  ].map((name) => [name, 'look-alike'] as const),
  ...['a\ufe68', 'a\uff05', 'a\uff5e', 'a\u29f8b', 'a\u2216b', '\u2488'].map(
    (name) => [name, 'look-alike'] as const,
  ),
  ...['%2e%2e', 'a%2Fb', '%252e', '%25252f', 'a%5c', 'a%00', '%7eroot', '%25'].map(
    (name) => [name, 'percent-encoded'] as const,
  ),
  ...['~', '~root', 'a.', 'a ', ' a', 'a\u00a0', '...', '\u3000a'].map(
    (name) => [name, 'tilde, space or dot'] as const,
  ),
  ['a'.repeat(256), 'too long'],
  ['é'.repeat(128), 'too long'],
];

describe('segmentProblem', () => {
  for (const [name, reason] of ODD)
    it(`refuses ${JSON.stringify(name).slice(0, 40)} as ${reason}`, () => {
      assert.match(segmentProblem(name) ?? 'accepted', new RegExp(reason));
    });

  it('refuses of plain letters, digits, dots and spaces only what ends in a dot or space', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '_', '-', '.', ' ') });
    fc.assert(
      fc.property(name, (text) => {
        const accepted = text !== '' && !/^ |[. ]$/.test(text);
        assert.equal(segmentProblem(text) === undefined, accepted);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('accepts the names that people give to files', () => {
    const plain = ['a', 'Notes 2024.md', '.hidden', 'a..b', '100%', '5%20off', 'Größe.txt'];
    const more = ['メモ.txt', 'отчёт', '\u{1f600}.md', 'a~', "it's (1) [x] {y}", 'é'.repeat(127)];
    for (const name of [...plain, ...more]) assert.equal(segmentProblem(name), undefined, name);
  });
});

describe('relativeProblem', () => {
  it('refuses a path when one of its segments is odd, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b.c', 'd e'), { maxLength: 3 }),
        fc.constantFrom(...ODD.map(([name]) => name)),
        fc.array(fc.constantFrom('a', 'b.c'), { maxLength: 3 }),
        (before, odd, after) => {
          // A slash makes two plain segments of one odd one.
          fc.pre(odd !== 'a/b');
          assert.notEqual(relativeProblem([...before, odd, ...after].join('/')), undefined);
        },
      ),
    );
  });

  it('refuses a path over the kernel limit, however deep, and accepts one below', () => {
    const deep = (levels: number): string => Array.from({ length: levels }, () => 'a').join('/');
    assert.equal(relativeProblem(deep(2048)), undefined);
    assert.match(relativeProblem(deep(2049)) ?? '', /too long/);
    assert.match(relativeProblem(deep(1e6)) ?? '', /too long/);
    assert.match(
      relativeProblem(Array.from({ length: 17 }, () => 'é'.repeat(125)).join('/')) ?? '',
      /too long/,
    );
  });

  it('never accepts what a byte-wise reader would take for a way up or another root', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
        if (relativeProblem(text) !== undefined) return;
        assert.ok(!text.startsWith('/') && !text.endsWith('/'));
        assert.ok(text.split('/').every((part) => part !== '' && part !== '.' && part !== '..'));
        assert.equal(Buffer.from(text).toString(), text);
        assert.equal(text.normalize('NFC'), text);
      }),
      { numRuns: runs(2000) },
    );
  });
});
