import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';
import { makeFaultFinder, makeValidator } from '../../../core/vocabulary/parse/ajv.ts';

const folder = join(PACKAGE_ROOT, 'schemas');
const files = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));

test('there are schemas to look at', () => {
  assert.ok(files.length >= 12);
});

// The agent takes its own schemas as they are, to start sooner: what is wrong in one must show here.
for (const file of files) {
  test(`${file} keeps the rules of JSON Schema 2020-12, and both kinds of check are made of it`, () => {
    // Without its name: what shares this process may have met the schema already, and a name stands once.
    const { $id: _name, ...schema } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    assert.ok(ajv.validateSchema(schema), ajv.errorsText());
    const strange = '\u0000 no document';
    assert.equal(makeValidator(schema)(strange).ok, false);
    assert.ok(makeFaultFinder(schema)(strange).length > 0);
  });
}

test('a schema that breaks the rules is found', () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  assert.equal(ajv.validateSchema({ type: 'string', maxLength: -1 }), false);
});
