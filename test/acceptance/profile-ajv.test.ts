import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { checkValue } from '../../core/broker/catalog/schema-profile/check-value.ts';
import { parseSchema } from '../../core/broker/catalog/schema-profile/parse-schema.ts';
import { schemaToJson } from '../../core/broker/catalog/schema-profile/schema-to-json.ts';
import {
  type Json,
  randomSchema,
  valueFor,
} from '../broker/catalog/schema-profile/random-schemas.ts';

// Ajv is the second opinion on plugin schemas, here alone: it makes code of a schema, so the broker
// never hands it one of a stranger.

const SCHEMAS = process.env['SECAI_LONG'] === '1' ? 5_000 : 400;

const makeAjv = (): Ajv2020 => {
  const regExp = Object.assign((text: string) => RE2JS.compile(RE2JS.translateRegExp(text)), {
    code: 're2',
  });
  const ajv = new Ajv2020({ strict: true, ownProperties: true, code: { regExp } });
  ajv.addKeyword({ keyword: 'x-capability', schemaType: 'string' });
  ajv.addKeyword({ keyword: 'x-redact', schemaType: 'boolean' });
  return ajv;
};

const ajv = makeAjv();

const cases = randomSchema.chain((schema) =>
  fc.tuple(fc.constant(schema), fc.array(valueFor(schema), { minLength: 6, maxLength: 10 })),
);

test('profile.ajv: our verdict on a value is that of Ajv wherever the profile accepts the schema', () => {
  const count = { schemas: 0, accepted: 0, values: 0, fitting: 0, patterns: 0, references: 0 };
  fc.assert(
    fc.property(cases, ([schema, values]) => {
      count.schemas += 1;
      const reading = parseSchema(schema, 'input');
      if (!reading.ok) return;
      count.accepted += 1;
      const written = JSON.stringify(schema);
      count.patterns += written.includes('"pattern"') ? 1 : 0;
      count.references += written.includes('"$ref"') ? 1 : 0;
      const plain = schemaToJson(reading.schema);
      const [theirs, theirsOfPlain] = [ajv.compile(schema), ajv.compile(plain)];
      for (const value of values) {
        const before = JSON.stringify(value);
        const { ok } = checkValue(reading.schema, value);
        count.values += 1;
        count.fitting += ok ? 1 : 0;
        assert.equal(ok, theirs(value), `${written} on ${before}`);
        assert.equal(ok, theirsOfPlain(value), `${JSON.stringify(plain)} on ${before}`);
        assert.equal(JSON.stringify(value), before, 'a check changes nothing');
      }
      // Each schema is seen once; what is kept of it would only grow.
      ajv.removeSchema(schema).removeSchema(plain);
    }),
    { numRuns: SCHEMAS },
  );
  console.log(JSON.stringify(count));
  assert.ok(count.accepted >= count.schemas * 0.3, 'too few schemas are of the profile');
  assert.ok(count.accepted <= count.schemas * 0.95, 'too few schemas are outside the profile');
  assert.ok(count.fitting >= count.values * 0.2, 'too few values fit');
  assert.ok(count.fitting <= count.values * 0.8, 'too few values do not fit');
  assert.ok(count.patterns >= count.accepted * 0.1 && count.references >= count.accepted * 0.1);
});

test('profile.ajv: numbers that two languages print differently fit nothing here, whatever Ajv says', () => {
  const schema: Json = {
    type: 'object',
    additionalProperties: false,
    properties: { n: { type: 'number' }, i: { type: 'integer' } },
  };
  const reading = parseSchema(schema, 'input');
  assert.ok(reading.ok);
  const theirs = ajv.compile(schema);
  for (const n of [1e-7, 0.00009, 1e21, 2 ** 53, -(2 ** 53), 1e15 + 0.5, -0]) {
    assert.equal(theirs({ n }), true, String(n));
    assert.equal(checkValue(reading.schema, { n }).ok, false, String(n));
  }
  assert.equal(theirs({ i: 1e300 }), true);
  assert.equal(checkValue(reading.schema, { i: 1e300 }).ok, false);
});
