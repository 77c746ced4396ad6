import assert from 'node:assert/strict';
import test from 'node:test';
import { BANNED_KEYWORDS } from '../../../../core/broker/catalog/schema-profile/banned-keywords.ts';
import { parseSchema } from '../../../../core/broker/catalog/schema-profile/parse-schema.ts';
import { PROFILE_LIMITS } from '../../../../core/broker/catalog/schema-profile/profile-limits.ts';
import { PROFILE_RULES } from '../../../../core/broker/catalog/schema-profile/profile-rules.ts';
import { readYaml } from '../../../../core/vocabulary/parse/yaml.ts';
import { documentAt, tableRows } from '../../../architecture/documents.ts';

const readme = documentAt('core/broker/catalog/schema-profile/README.md');

const table = (...columns: readonly string[]): readonly (readonly (string | undefined)[])[] =>
  tableRows(readme, ...columns).map((row) => columns.map((column) => row.get(column)));

test('the README of the profile states every limit as it is', () => {
  assert.deepEqual(
    table('limit', 'value'),
    Object.entries(PROFILE_LIMITS).map(([name, value]) => [`\`${name}\``, String(value)]),
  );
});

test('the README of the profile lists every rule as it is', () => {
  assert.deepEqual(
    table('rule', 'says'),
    Object.entries(PROFILE_RULES).map(([rule, says]) => [`\`${rule}\``, says]),
  );
});

test('the README of the profile says of every banned keyword what to write instead', () => {
  assert.deepEqual(
    table('keyword', 'why', 'instead'),
    [...BANNED_KEYWORDS].map(([keyword, { rule, mend }]) => [
      `\`${keyword}\``,
      `\`${rule}\``,
      mend,
    ]),
  );
});

test('the example in the README of the profile is of the profile', () => {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const document = readYaml(text, { maxBytes: 10_000 });
  assert.ok(document.ok);
  const reading = parseSchema(document.value, 'input');
  assert.ok(reading.ok, JSON.stringify(reading));
  assert.deepEqual([...reading.schema.properties.keys()], ['path', 'digest', 'others', 'memo']);
});
