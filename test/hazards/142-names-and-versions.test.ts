import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFixedCatalog } from '../../core/broker/catalog/catalog.ts';
import { loadShipped } from '../../core/broker/catalog/load-shipped.ts';
import { makeCatalogFilesPowers } from '../../core/broker/main/powers/catalog-files.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { refusedManifest } from '../harness/refused-manifest.ts';
import { sampleText } from '../harness/sample-manifest.ts';

// Attack 142: an id that climbs, looks like a trusted one or means something to a file system or a language; a
// version that has no order; two plugins of one name. That a lower version is refused is asserted where plugins
// are installed.

const MALFORMED_IDS = [
  '../evil',
  '/etc',
  'a/b',
  'a\\b',
  '.',
  '..',
  '',
  ' sample',
  'sample ',
  'Sample',
  'SAMPLE',
  's\u0430mple',
  'sample\u200b',
  '\uff53ample',
  'sample\u0000',
  'sample\n',
  'a.b',
  'a_b',
  '-a',
  '1a',
  'a'.repeat(65),
];

test('an id is lower-case letters, digits and hyphens, and nothing that looks like them', () => {
  for (const id of MALFORMED_IDS) {
    const text = sampleText({ top: { id } });
    assert.doesNotThrow(() => refusedManifest(text, { pointer: '/id', rule: 'malformed' }), id);
  }
});

test('an id that a language or a file system understands is refused', () => {
  for (const id of [
    'constructor',
    'then',
    'prototype',
    'con',
    'prn',
    'aux',
    'nul',
    'com1',
    'lpt9',
  ]) {
    const text = sampleText({ top: { id } });
    assert.doesNotThrow(() => refusedManifest(text, { pointer: '/id', rule: 'reserved-name' }), id);
  }
});

test('an id that is no text is refused', () => {
  for (const id of [1, null, true, ['sample'], { id: 'sample' }]) {
    refusedManifest(sampleText({ top: { id } }), { pointer: '/id', rule: 'wrong-type' });
  }
});

test('a version is three numbers, so that any two have one order', () => {
  for (const version of [
    '1',
    '1.2',
    '1.2.3.4',
    '1.2.3-rc.1',
    '1.2.3+build',
    'v1.2.3',
    '01.2.3',
    '1.2.03',
    '1.2.-3',
    '1.2.x',
    '1.2.9999999999',
    ' 1.2.3',
    '1.2.3\n',
    '\u0661.2.3',
    '',
  ]) {
    const text = sampleText({ top: { version } });
    const wanted = { pointer: '/version', rule: 'malformed' };
    assert.doesNotThrow(() => refusedManifest(text, wanted), version);
  }
});

test('the name of a tool or step is one spelling, and none of the language', () => {
  const entry = Object(JSON.parse(sampleText())).tools['text.count'];
  for (const name of [
    'Text.count',
    'text.Count',
    'text',
    'text..count',
    '.text',
    'text.',
    'text count',
  ]) {
    const text = sampleText({ top: { tools: { [name]: entry } } });
    assert.doesNotThrow(
      () => refusedManifest(text, { pointer: `/tools/${name}`, rule: 'malformed' }),
      name,
    );
  }
  for (const name of ['text.count', 'Text', 'a-b', '1a', '_a']) {
    const text = sampleText({ top: { steps: { [name]: entry } } });
    assert.doesNotThrow(
      () => refusedManifest(text, { pointer: `/steps/${name}`, rule: 'malformed' }),
      name,
    );
  }
  for (const name of ['constructor', 'then', 'prototype']) {
    const text = sampleText({ top: { steps: { [name]: entry } } });
    refusedManifest(text, { pointer: `/steps/${name}`, rule: 'reserved-name' });
  }
  const proto = sampleText().replace('"tools": {', '"steps": { "__proto__": {} }, "tools": {');
  refusedManifest(proto, { pointer: '/steps/__proto__', rule: 'malformed' });
});

test('two plugins that claim one name are refused, and the first keeps nothing of it', async () => {
  const installed = await loadShipped({ ...makeCatalogFilesPowers(), packageRoot: PACKAGE_ROOT });
  const [step] = installed;
  assert.ok(step !== undefined);
  const tool = { ...step, kind: 'tool', entry: 'text.count' } as const;
  for (const twice of [
    [step, step],
    [tool, { ...tool, version: '9.9.9' }],
  ]) {
    assert.throws(() => makeFixedCatalog(twice), {
      code: 'manifest',
      message: /two plugins claim/,
    });
  }
});
