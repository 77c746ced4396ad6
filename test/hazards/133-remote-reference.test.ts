import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { closed, TEXT } from '../broker/catalog/schema-profile/schemas.ts';
import { assertRefusedSchema } from '../harness/refused-schema.ts';

// Attack 133: a reference to somewhere else, or a name that makes an innocent reference lead there.
// Nothing is ever loaded: a server that stands where one of them points is not asked.

const FORMS = [
  'https://example.org/schema.json',
  'file:///etc/passwd',
  '//example.org/schema',
  'data:application/json,{}',
  'other.json#/$defs/a',
  '/etc/passwd',
  '#',
  '#a',
  '#/',
  '#/properties/b',
  '#/$defs/',
  '#/$defs/a/properties/x',
  '#/$defs/a~1b',
  '#/$defs/%61',
  '#/%24defs/a',
  '#/$defs/__proto__',
  '#/$defs/constructor',
  ' #/$defs/a',
  '#/$defs/a ',
];

for (const $ref of FORMS) {
  test(`a reference to \`${$ref}\` is refused`, () => {
    const schema = closed({ a: { $ref }, b: { $ref: '#/$defs/a' } }, { $defs: { a: TEXT } });
    assertRefusedSchema(schema, { rule: 'reference-form', pointer: '/properties/a/$ref' });
  });
}

test('a reference that is no text is refused', () => {
  for (const $ref of [null, 1, {}, ['#/$defs/a'], true]) {
    assertRefusedSchema(closed({ a: { $ref } }), {
      rule: 'reference-form',
      pointer: '/properties/a/$ref',
    });
  }
});

test('a schema cannot take a name, so it shadows none', () => {
  for (const keyword of ['$id', 'id', '$anchor', '$schema', '$vocabulary']) {
    assertRefusedSchema(closed({}, { [keyword]: 'https://example.org/known' }), {
      rule: 'no-identifiers',
      pointer: `/${keyword}`,
    });
    assertRefusedSchema(closed({ a: { ...TEXT, [keyword]: 'x' } }), {
      rule: 'no-identifiers',
      pointer: `/properties/a/${keyword}`,
    });
  }
});

test('the server that a reference points to is never asked', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end('{"type":"boolean"}');
  });
  server.on('connection', () => {
    asked += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const url = `http://127.0.0.1:${address.port}/schema`;
    assertRefusedSchema(closed({ a: { $ref: url } }), {
      rule: 'reference-form',
      pointer: '/properties/a/$ref',
    });
    assertRefusedSchema(closed({ a: { $ref: '#/$defs/a' } }, { $id: url, $defs: { a: TEXT } }), {
      rule: 'no-identifiers',
      pointer: '/$id',
    });
    // One request of our own shows that the server was there and counts.
    assert.equal((await fetch(url)).status, 200);
    assert.equal(asked, 2);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});
