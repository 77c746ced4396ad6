import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkManifest } from '../../core/broker/catalog/manifest/check-manifest.ts';
import { refusedManifest } from '../harness/refused-manifest.ts';

// Attack 140: one text that two readers of YAML understand differently. It is refused before anything is made of
// it; it starts no task, so there is no record of one.

const GOOD = `id: sample
version: 1.2.3
title: Sample
description: A sample.
license: MIT
authors: [A. Author]
tools:
  text.count:
    description: Counts.
    reversibility: read-only
    idempotent: true
    limits: { cpu_ms: 10 }
    input: { type: object, additionalProperties: false, properties: {} }
    output: { type: object, additionalProperties: false, properties: {} }
`;

const DOCUMENT = { pointer: '', rule: 'document' } as const;

const CASES: readonly (readonly [name: string, from: string, to: string])[] = [
  ['a key that stands twice', 'title: Sample', 'title: Sample\nid: other'],
  [
    'a key that stands twice inside',
    '    idempotent: true',
    '    idempotent: true\n    idempotent: false',
  ],
  ['a key that stands twice in two spellings', 'title: Sample', 'title: Sample\n"\\x69d": other'],
  ['a tag that makes a function', 'A sample.', '!!js/function "function () { return 1; }"'],
  ['a tag that makes bytes', 'A sample.', '!!binary YWxs'],
  ['a tag that makes a string', 'true', '!!str true'],
  ['a tag of its own', 'A sample.', '!secret A sample.'],
  ['a directive', 'id: sample', '%YAML 1.1\n---\nid: sample'],
  ['a second document', 'id: sample', 'id: first\n---\nid: sample'],
  ['a tab', '  text.count:', '\ttext.count:'],
  ['a word for true', 'idempotent: true', 'idempotent: yes'],
  ['a word for false', 'idempotent: true', 'idempotent: Off'],
  ['a word for true as a text', 'title: Sample', 'title: on'],
  ['a number in base eight', 'cpu_ms: 10', 'cpu_ms: 0o12'],
  ['a number that may be in base eight', 'cpu_ms: 10', 'cpu_ms: 012'],
  ['a number in base sixteen', 'cpu_ms: 10', 'cpu_ms: 0x10'],
  ['a number with a plus', 'cpu_ms: 10', 'cpu_ms: +10'],
  ['no number', 'cpu_ms: 10', 'cpu_ms: .nan'],
  ['a number without end', 'cpu_ms: 10', 'cpu_ms: .inf'],
  ['a key that is a list', 'title: Sample', 'title: Sample\n? [a]\n: b'],
];

test('the manifest of these cases is good without them', () => {
  assert.ok(checkManifest(GOOD, 'manifest.yaml').ok);
});

for (const [name, from, to] of CASES) {
  test(`${name} is refused`, () => {
    assert.ok(GOOD.includes(from));
    refusedManifest(GOOD.replace(from, to), DOCUMENT);
  });
}

test('numbers that only other readers know are texts, and no limits', () => {
  for (const spelt of ['1_0', '1:00', '2001-01-01']) {
    refusedManifest(GOOD.replace('cpu_ms: 10', `cpu_ms: ${spelt}`), {
      pointer: '/tools/text.count/limits/cpu_ms',
      rule: 'wrong-type',
    });
  }
});
