import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAPABILITIES } from '../../core/vocabulary/capability.ts';
import { manifestReference } from '../../plugins/reference.ts';
import schema from '../../schemas/plugin-manifest.schema.json' with { type: 'json' };
import { documentAt } from '../architecture/documents.ts';

test('plugins/REFERENCE.md says what the schema, the capabilities and the handle types say', () => {
  assert.equal(
    documentAt('plugins/REFERENCE.md'),
    manifestReference(),
    'print it with: node dist/plugins/reference.js > plugins/REFERENCE.md',
  );
});

test('the reference explains every field and every capability', () => {
  const text = manifestReference();
  const { requests, egress, entry, limits, hints, example } = schema.$defs;
  for (const { properties } of [schema, requests, egress, entry, limits, hints, example]) {
    for (const name of Object.keys(properties)) {
      assert.match(text, new RegExp(`^\\| \`${name}\` \\| (yes|no) \\| \\S`, 'm'));
    }
  }
  for (const capability of CAPABILITIES) assert.ok(text.includes(`| \`${capability}\` |`));
});
