import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkManifest } from '../../core/broker/catalog/manifest/check-manifest.ts';
import { manifestDigest } from '../../core/broker/catalog/manifest/manifest-form.ts';
import { refusedManifest } from '../harness/refused-manifest.ts';
import { sampleText } from '../harness/sample-manifest.ts';

// Attack 141: JSON that two readers understand differently: keys that stand twice, comments, commas at the end. It is
// refused before anything is made of it; it starts no task, so there is no record of one.

const DOCUMENT = { pointer: '', rule: 'document' } as const;

const edited = (from: string, to: string): string => {
  const text = sampleText();
  assert.ok(text.includes(from));
  return text.replace(from, to);
};

const CASES: Readonly<Record<string, string>> = {
  'a key that stands twice': edited('"id"', '"id": "other",\n"id"'),
  'a key that stands twice in two spellings': edited('"id"', '"\\u0069d": "other",\n"id"'),
  'a key that stands twice inside': edited('"required"', '"required": [],\n"required"'),
  'a comment': edited('"id"', '# trusted\n"id"'),
  'a comment at the end': `${sampleText()} # trusted`,
  'a comment of another language': edited('"id"', '/* trusted */\n"id"'),
  'a comma at the end': sampleText().replace(/\n\}$/, ',\n}'),
  'a key without quotes': edited('"id"', 'id'),
  'a value without quotes': edited('"sample"', 'sample'),
  'quotes of another kind': edited('"sample"', "'sample'"),
  'an escape of another language': edited('"sample"', '"\\x73ample"'),
  'a text over two lines': edited('"A sample."', '"A\n sample."'),
  'a number of another language': edited('"minimum": 0', '"minimum": 00'),
  'a word of another language': edited('"minimum": 0', '"minimum": .inf'),
  'nothing for a value': edited('"minimum": 0', '"minimum": '),
  'a second document': `${sampleText()}\n---\n${sampleText()}`,
  'more behind it': `${sampleText()}}`,
  'a set': '{"id", "version"}',
};

for (const [name, text] of Object.entries(CASES)) {
  test(`${name} is refused, whatever the file is called`, () => {
    refusedManifest(text, DOCUMENT, 'manifest.json');
    refusedManifest(text, DOCUMENT, 'manifest.yaml');
  });
}

test('a file that says JSON is JSON', () => {
  refusedManifest('id: sample\n', DOCUMENT, 'manifest.json');
});

test('every spelling of one manifest has one digest', () => {
  const digest = (text: string): string => {
    const check = checkManifest(text, 'manifest.yaml');
    return check.ok ? manifestDigest(check.manifest) : assert.fail(JSON.stringify(check.findings));
  };
  const same = [
    sampleText(),
    JSON.stringify(JSON.parse(sampleText())),
    sampleText().replace('"sample"', '"\\u0073ample"'),
  ];
  assert.equal(new Set(same.map(digest)).size, 1);
  assert.notEqual(digest(sampleText({ top: { title: 'Other' } })), digest(sampleText()));
});
