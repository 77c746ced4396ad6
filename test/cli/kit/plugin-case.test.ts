import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseManifest } from '../../../core/broker/catalog/parse-manifest.ts';
import { CommandFailure } from '../../../core/cli/command-failure.ts';
import { templateTexts } from '../../../core/cli/kit/new/template-texts.ts';
import { parseCases } from '../../../core/cli/kit/plugin-case.ts';

const texts = templateTexts('example');
const manifest = parseManifest(texts['manifest.yaml'] ?? '', 'manifest.yaml');
const entry = 'example.count_lines';
const one = (more: string, name = 'one'): string =>
  `cases:\n  - name: ${name}\n    run: ${entry}\n    input: { path: a/b }\n${more}`;
const EXPECT = '    expect: { error: not_available }\n';

test('the cases of the template are read', () => {
  assert.equal(parseCases(texts['cases.yaml'] ?? '', 'cases.yaml', manifest).length, 3);
});

const REFUSED: readonly (readonly [what: string, text: string, why: RegExp])[] = [
  ['no case', 'cases: []\n', /^cases\.yaml:1:\d+: /],
  ['an unknown key', one(`${EXPECT}    handles: {}\n`), /cases\.yaml:6:5: .*handles/],
  ['a case that expects nothing', one('    expect: {}\n'), /cases\.yaml:5:/],
  [
    'both ends at once',
    one('    expect: { error: wall, output: {} }\n'),
    /cases\.yaml:5:15: beside an `output`/,
  ],
  [
    'an entry that is not in the manifest',
    one(EXPECT).replace(entry, 'other'),
    /cases\.yaml:3:10: the manifest has no step or tool `other`/,
  ],
  [
    'the same name twice',
    one(EXPECT) + one(EXPECT).replace('cases:\n', ''),
    /cases\.yaml:6:11: a case before/,
  ],
  [
    'a file outside of the folder',
    one(`    files: { a/../../b: x }\n${EXPECT}`),
    /names no file of a workspace/,
  ],
  ['a file of no workspace', one(`    files: { /etc/x: x }\n${EXPECT}`), /cases\.yaml:5:/],
  [
    'a write outside of the folder',
    one('    expect: { writes: { a/./b: x } }\n'),
    /names no file of a workspace/,
  ],
];

for (const [what, text, why] of REFUSED) {
  test(`cases are refused with their place for ${what}`, () => {
    assert.throws(
      () => parseCases(text, 'cases.yaml', manifest),
      (thrown) => {
        assert.ok(thrown instanceof CommandFailure, String(thrown));
        assert.match(thrown.message, why);
        return true;
      },
    );
  });
}
