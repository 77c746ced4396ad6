import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseManifest } from '../../../core/broker/catalog/parse-manifest.ts';
import { leastAuthorityHints } from '../../../core/cli/kit/check/hints.ts';
import { templateTexts } from '../../../core/cli/kit/new/template-texts.ts';
import { limitNeed } from '../../../core/cli/kit/shrink/limit-need.ts';
import { lineDifference } from '../../../core/cli/kit/shrink/line-difference.ts';
import { manifestDocument } from '../../../core/cli/kit/shrink/manifest-document.ts';

const texts = templateTexts('example');
const text = texts['manifest.yaml'] ?? '';
const entry = '/tools/example.count_lines';

test('a hint names a handle whose only method stands nowhere in the script, and no other', () => {
  const hints = (source: string) => leastAuthorityHints(parseManifest(text, 'm.yaml'), source);
  assert.deepEqual(hints('path.read({})'), []);
  assert.deepEqual(hints(`handles['path']['read']`), []);
  assert.deepEqual(
    hints('path.readAll()').map(({ pointer }) => pointer),
    [`${entry}/input/properties/path/x-capability`],
  );
});

test('a hint names a reversibility that no handle needs, and a model that is never asked', () => {
  const wide = text
    .replace('reversibility: read-only\n    idempotent: true', 'reversibility: irreversible')
    .replace('tools:', 'requests: { inference: true }\ntools:');
  const hints = leastAuthorityHints(parseManifest(wide, 'm.yaml'), 'path.read()');
  assert.deepEqual(
    hints.map(({ pointer }) => pointer),
    [`${entry}/reversibility`, '/requests/inference'],
  );
});

test('an edit of a manifest keeps its comments, and what becomes empty goes', () => {
  const document = manifestDocument('a: 1\n# why\nb: { c: [x, y], d: 2 }\n');
  assert.equal(
    document.edited([{ path: ['b', 'c', 0] }]).text,
    'a: 1\n# why\nb: { c: [ y ], d: 2 }\n',
  );
  assert.equal(
    document.edited([{ path: ['b', 'c', 1] }, { path: ['b', 'c', 0] }, { path: ['b', 'd'] }]).text,
    'a: 1\n',
  );
  assert.equal(document.edited([{ path: ['a'], value: 5 }]).text.split('\n')[0], 'a: 5');
});

test('a difference shows what goes and what comes, between what stays', () => {
  assert.deepEqual(lineDifference('a\nb\nc\n', 'a\nx\nc\nd\n'), [
    '  a',
    '- b',
    '+ x',
    '  c',
    '+ d',
  ]);
  assert.deepEqual(lineDifference('a\n', 'a\n'), ['  a']);
});

test('a limit is twice the need as a round number, and never so little that a busy machine breaks it', () => {
  const needing = (cpuMs: number, calls = 0) => [
    { cpuMs, calls, wallMs: 1, resultBytes: 600 } as Parameters<typeof limitNeed>[1][number],
  ];
  assert.equal(limitNeed('cpu_ms', needing(3)), 100);
  assert.equal(limitNeed('cpu_ms', needing(130)), 500);
  assert.equal(limitNeed('calls_total', needing(1, 2)), 5);
  assert.equal(limitNeed('calls_total', needing(1)), 0);
  assert.equal(limitNeed('result_bytes', needing(1)), 2000);
  assert.equal(limitNeed('wall_ms', []), 2000);
});
