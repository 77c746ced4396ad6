import assert from 'node:assert/strict';
import test from 'node:test';
import { parseManifest } from '../../../core/broker/catalog/parse-manifest.ts';
import { AgentError } from '../../../core/vocabulary/errors.ts';

const GOOD = `id: sample
version: 1.2.3
description: A sample.
title: Sample
license: MIT
authors: [A. Author]
steps:
  do_it:
    description: Does it.
    reversibility: reversible
    input:
      type: object
      additionalProperties: false
      properties:
        target: { type: string, maxLength: 100, x-capability: storage.create }
    output:
      type: object
      additionalProperties: false
      properties:
        done: { type: boolean }
`;

const refusal = (text: string): string => {
  try {
    parseManifest(text, 'plugins/sample/manifest.yaml');
  } catch (error) {
    assert.ok(error instanceof AgentError && error.code === 'manifest');
    return error.message.replace('plugins/sample/manifest.yaml:', '');
  }
  return assert.fail('accepted');
};

test('parseManifest reads a manifest with its request for authority', () => {
  const manifest = parseManifest(GOOD, 'x');
  assert.equal(manifest.id, 'sample');
  const step = manifest.entries.get('do_it');
  assert.equal(step?.reversibility, 'reversible');
  assert.deepEqual(step?.annotations, [
    { parameter: 'target', capability: 'storage.create', many: false },
  ]);
});

const REFUSED: readonly (readonly [name: string, from: string, to: string, answer: RegExp])[] = [
  ['an unknown field', 'version:', 'trusted: true\nversion:', /^2:1: unknown key `trusted`$/],
  [
    'an unknown field of a step',
    '    output:',
    '    network: yes\n    output:',
    /^16:5: unknown key `network`$/,
  ],
  ['a missing field', 'version: 1.2.3\n', '', /^1:1: missing key `version`$/],
  ['an id that climbs', 'id: sample', 'id: ../evil', /^1:5: /],
  ['an id that looks like another', 'id: sample', 'id: s\u0430mple', /^1:5: /],
  ['an id in capitals', 'id: sample', 'id: Sample', /^1:5: /],
  ['a version that is no number', '1.2.3', '"1.2"', /^2:10: /],
  ['a description with an escape', 'A sample.', '"A \\e[31msample."', /^3:14: /],
  ['a description that turns around', 'A sample.', '"\u202eA sample."', /^3:14: /],
  ['a step name that is a prototype key', 'do_it:', '__proto__:', /^8:3: /],
  ['a step name in capitals', 'do_it:', 'doIt:', /^8:3: /],
  ['an unknown reversibility', 'reversible\n', 'harmless\n', /^10:20: expected one of/],
  [
    'an open input',
    'additionalProperties: false',
    'additionalProperties: true',
    /^13:29: expected `additionalProperties: false`$/,
  ],
  [
    'a schema keyword outside the profile',
    'maxLength: 100',
    'maxLength: 100, format: x',
    /^15:49: keyword `format`/,
  ],
  ['an unknown capability', 'storage.create', 'storage.root', /^15:63: expected one of/],
  ['no step', GOOD.slice(GOOD.indexOf('steps:')), 'steps: {}\n', /^7:8: /],
  ['a list instead of a manifest', GOOD, '- a\n', /^1:1: /],
  ['a double key', 'version:', 'id: other\nversion:', /^2:1: key `id` stands here twice$/],
  ['an alias', 'A sample.', '&a A sample.', /^3:\d+: an anchor/],
];

for (const [name, from, to, answer] of REFUSED) {
  test(`parseManifest refuses ${name} with file, line and column`, () => {
    assert.ok(GOOD.includes(from));
    assert.match(refusal(GOOD.replace(from, to)), answer);
  });
}

test('parseManifest lets a read-only step alone be idempotent', () => {
  const text = GOOD.replace('reversibility: reversible', '$&\n    idempotent: true');
  assert.match(refusal(text), /only a read-only step is idempotent$/);
  const reading = text
    .replace('reversibility: reversible', 'reversibility: read-only')
    .replace('storage.create', 'storage.read');
  assert.equal(parseManifest(reading, 'm.yaml').entries.get('do_it')?.idempotent, true);
  const silent = reading.replace('idempotent: true', 'idempotent: false');
  assert.equal(parseManifest(silent, 'm.yaml').entries.get('do_it')?.idempotent, false);
});

test('parseManifest refuses a step that plays down what its handles can do', () => {
  const text = GOOD.replace('reversibility: reversible', 'reversibility: read-only');
  assert.match(refusal(text), /^10:20: what this step asks for makes it `reversible` at least$/);
});

test('parseManifest lets a step admit to more than its handles can do', () => {
  const text = GOOD.replace('reversibility: reversible', 'reversibility: irreversible');
  assert.equal(parseManifest(text, 'x').entries.get('do_it')?.reversibility, 'irreversible');
});

test('parseManifest refuses a manifest over 64 KiB before it reads it', () => {
  assert.match(refusal(`${GOOD}#${'x'.repeat(70_000)}`), /^1:1: more than 65536 bytes$/);
});
