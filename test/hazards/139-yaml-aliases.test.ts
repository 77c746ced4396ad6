import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusedManifest } from '../harness/refused-manifest.ts';
import { sampleText } from '../harness/sample-manifest.ts';

// Attack 139: an alias bomb, a merge key, an anchor that holds itself. A document that means more than it shows is
// refused before anything is made of it; it starts no task, so there is no record of one.

const good = (): string => sampleText();
const DOCUMENT = { pointer: '', rule: 'document' } as const;

const bomb = (levels: number): string => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level <= levels; level += 1) {
    const before = `*a${level - 1}`;
    lines.push(`a${level}: &a${level} [${Array(10).fill(before).join(', ')}]`);
  }
  return lines.join('\n');
};

test('a billion laughs are refused at once', () => {
  const started = performance.now();
  const before = process.memoryUsage().heapUsed;
  const [finding] = refusedManifest(bomb(30), DOCUMENT);
  assert.match(finding?.problem ?? '', /anchor/);
  assert.ok(performance.now() - started < 5000);
  assert.ok(process.memoryUsage().heapUsed - before < 256 * 1024 * 1024);
});

const REFUSED: Readonly<Record<string, string>> = {
  'an anchor': 'id: &a sample\n',
  'an alias': 'id: &a sample\ntitle: *a\n',
  'an alias of nothing': 'id: *nothing\n',
  'an anchor that holds itself': 'id: &a [*a]\n',
  'a merge key': '<<: { id: sample }\n',
  'a merge key in quotes': '"<<": { id: sample }\n',
  'a merge of an alias': 'a: &a { id: sample }\nb:\n  <<: *a\n',
  'an anchor on a key': '&a id: sample\n',
};

for (const [name, text] of Object.entries(REFUSED)) {
  test(`${name} is refused`, () => {
    refusedManifest(text, DOCUMENT);
  });
}

test('a manifest without any of them is none of these', () => {
  assert.throws(() => refusedManifest(good(), DOCUMENT));
});
