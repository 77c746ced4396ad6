import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { invalid } from '../../../core/broker/http/invalid.ts';
import { parseJsonBody } from '../../../core/broker/http/json-body.ts';
import { readJson as readStrictly } from '../../../core/vocabulary/parse/strict-json.ts';

const parse = (body: string | Uint8Array, type: string | undefined = 'application/json'): unknown =>
  parseJsonBody(type, Buffer.from(body));
const readJson = (text: string): unknown =>
  readStrictly(text, (remedy) => invalid('JSON body must be an object', remedy));
const UNUSABLE = { code: 'invalid_request', message: 'JSON body must be an object' };

test('application/json and application/*+json are JSON, with parameters and in any case', () => {
  for (const type of [
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/problem+json',
  ])
    assert.doesNotThrow(() => parse('{}', type), type);
});

test('a form, plain text, text/json and no type at all are refused whatever the bytes say', () => {
  const types = [
    'text/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    '',
  ];
  for (const type of types) assert.throws(() => parse('{}', type), UNUSABLE, type);
  assert.throws(() => parseJsonBody(undefined, Buffer.from('{}')), UNUSABLE);
});

test('what is no strict JSON object is refused with the contract text, never with another error', () => {
  const bodies = [
    '',
    ' ',
    '[]',
    '"a"',
    '1',
    'null',
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '{"a":1}}',
    '{"a":1} x',
    '{"a":NaN}',
    '{"a":Infinity}',
    '{"a":1e999}',
    '{"a":01}',
    '{"a":+1}',
    '{"a":.5}',
    '{"a":"\n"}',
    '{"a":"\\x"}',
    '{"a":"\\ud800"}',
    '{"\\udc00":1}',
    '{"a":1,"a":2}',
    '{"a":{"b":1,"\\u0062":2}}',
    '{"a":"b',
    '{"a":"b\\',
    '{"a":tru}',
    '[[1,2}',
    `{"a":${'['.repeat(40)}${']'.repeat(40)}}`,
    '['.repeat(60_000),
    `${'{"a":'.repeat(12_000)}`,
  ];
  for (const body of bodies) assert.throws(() => parse(body), UNUSABLE, body.slice(0, 40));
  assert.throws(() => parse(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), UNUSABLE);
});

test('a __proto__ key is an own key of an object without a prototype', () => {
  const value = parse('{"__proto__":{"polluted":true},"constructor":1}');
  assert.deepEqual(Object.keys(value as object), ['__proto__', 'constructor']);
  assert.equal(Object.getPrototypeOf(value), null);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('readJson() agrees with JSON.parse on every JSON text with equal keys left out', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 6 }),
      fc.constantFrom(undefined, 1, '\t'),
      (value, space) => {
        const text = JSON.stringify(value, null, space);
        assert.equal(JSON.stringify(readJson(text)), JSON.stringify(JSON.parse(text)));
      },
    ),
  );
});

test('readJson() never throws anything but a refusal', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '\\',
    '1',
    '-',
    'true',
    ' ',
    '\ud83d',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      try {
        assert.deepEqual(
          JSON.stringify(readJson(parts.join(''))),
          JSON.stringify(JSON.parse(parts.join(''))),
        );
      } catch (error) {
        assert.equal(Reflect.get(error as object, 'code'), 'invalid_request');
      }
    }),
  );
});
