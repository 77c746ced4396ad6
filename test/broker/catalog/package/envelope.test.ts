import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import {
  parseEnvelope,
  readStatement,
} from '../../../../core/broker/catalog/package/parse-envelope.ts';
import type { Statement } from '../../../../core/broker/catalog/package/plugin-package.ts';
import { preAuthentication } from '../../../../core/broker/catalog/package/pre-authentication.ts';
import {
  addSignatures,
  signStatement,
} from '../../../../core/broker/catalog/package/sign-statement.ts';
import {
  verifySignatures,
  verifyStatement,
} from '../../../../core/broker/catalog/package/verify-statement.ts';
import { sha256 } from '../../../../core/vocabulary/digest.ts';
import { readIndependently } from './independent-verifier.ts';
import { bytesOf, makeSigner, trusted } from './sample-package.ts';

const STATEMENT: Statement = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'thing', digest: { sha256: sha256('thing') } }],
  predicateType: 'https://example.com/says/v1',
  predicate: { says: 'naïve "text"' },
};
const NONE: ReadonlySet<string> = new Set();
const [ada, bob, eve] = [makeSigner(), makeSigner(), makeSigner()];
const ENVELOPE = signStatement(STATEMENT, [ada.privateKey, bob.privateKey]);
const TEXT = JSON.stringify(ENVELOPE);

test('preAuthentication() gives the bytes of the published test vector, whose signature holds over them', () => {
  const pae = preAuthentication('http://example.com/HelloWorld', Buffer.from('hello world'));
  assert.equal(
    Buffer.from(pae).toString(),
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  );
  // The vector's key is ECDSA over P-256, its signature r and s in a row.
  const coordinate = (decimal: bigint) =>
    Buffer.from(decimal.toString(16).padStart(64, '0'), 'hex').toString('base64url');
  const key = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: coordinate(46950820868899156662930047687818585632848591499744589407958293238635476079160n),
      y: coordinate(5640078356564379163099075877009565129882514886557779369047442380624545832820n),
    },
  });
  const signature = Buffer.from(
    'A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==',
    'base64',
  );
  assert.ok(verify('sha256', pae, { key, dsaEncoding: 'ieee-p1363' }, signature));
});

test('preAuthentication() counts bytes, not characters', () => {
  assert.equal(
    Buffer.from(preAuthentication('é', Buffer.from('ü€'))).toString(),
    'DSSEv1 2 é 5 ü€',
  );
});

test('a second reader of the specification verifies what signStatement() makes', () => {
  const { holds, statement } = readIndependently(TEXT, [ada.publicKey, bob.publicKey]);
  assert.ok(holds);
  assert.deepEqual(statement, STATEMENT);
  assert.equal(
    ada.id,
    createHash('sha256')
      .update(ada.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
  );
});

test('verifyStatement() answers the statement that enough keys signed', () => {
  const parsed = parseEnvelope(bytesOf(TEXT), 'x');
  const statement = verifyStatement(parsed, trusted([ada, bob], 2), NONE);
  assert.deepEqual(JSON.parse(JSON.stringify(statement)), STATEMENT);
});

test('a key counts once, however often it signed', () => {
  const [first] = ENVELOPE.signatures;
  assert.ok(first !== undefined);
  const twice = { ...ENVELOPE, signatures: [first, first] };
  assert.throws(() => verifySignatures(twice, trusted([ada, bob], 2), NONE), {
    code: 'plugin_unsigned',
    message: /signed by 1 of the 2/,
  });
  assert.equal(addSignatures(ENVELOPE, [ada.privateKey]).signatures.length, 2);
});

test('unknown keys count for nothing and are counted in the refusal', () => {
  const strange = signStatement(STATEMENT, [ada.privateKey, eve.privateKey]);
  assert.deepEqual(verifySignatures(strange, trusted([ada, bob]), NONE), [ada.id]);
  assert.throws(() => verifySignatures(strange, trusted([ada, bob], 2), NONE), {
    code: 'plugin_unsigned',
    message: /and 1 that the trust store does not know/,
  });
});

test('a signature under the id of another key is broken, and refuses the whole', () => {
  const [, sig] = signStatement(STATEMENT, [ada.privateKey, eve.privateKey]).signatures;
  assert.ok(sig !== undefined);
  const forged = { ...ENVELOPE, signatures: [...ENVELOPE.signatures, { ...sig, keyid: bob.id }] };
  assert.throws(() => verifySignatures(forged, trusted([ada, bob]), NONE), {
    code: 'signature_invalid',
  });
});

test('a revoked key counts no longer, though it is still listed', () => {
  const revoked = new Set([bob.id]);
  assert.deepEqual(verifySignatures(ENVELOPE, trusted([ada, bob]), revoked), [ada.id]);
  assert.throws(() => verifySignatures(ENVELOPE, trusted([ada, bob], 2), revoked), {
    code: 'key_revoked',
  });
});

const BAD: readonly (readonly [what: string, text: string])[] = [
  ['an equal key', TEXT.replace('{', '{"payload":"AAAA",')],
  ['an unknown member', TEXT.replace('{', '{"note":1,')],
  ['another payload type', TEXT.replace('in-toto', 'in-tutu')],
  ['no signature', JSON.stringify({ ...ENVELOPE, signatures: [] })],
  [
    'seventeen signatures',
    JSON.stringify({ ...ENVELOPE, signatures: Array(17).fill(ENVELOPE.signatures[0]) }),
  ],
  ['URL-safe base64', JSON.stringify({ ...ENVELOPE, payload: '_-__' })],
  ['base64 with bits to spare', JSON.stringify({ ...ENVELOPE, payload: 'AB==' })],
  ['base64 with spaces', JSON.stringify({ ...ENVELOPE, payload: 'AAAA AAAA' })],
  ['base64 without padding', JSON.stringify({ ...ENVELOPE, payload: 'AAA' })],
  ['more than 256 KiB', `${TEXT}${' '.repeat(262_144)}`],
  ['a second text', `${TEXT}{}`],
  ['a byte order mark', `\ufeff${TEXT}`],
];

for (const [what, text] of BAD) {
  test(`parseEnvelope() refuses ${what}`, () => {
    assert.throws(() => parseEnvelope(bytesOf(text), 'x'), {
      code: 'signature_invalid',
      message: /^x: /,
    });
  });
}

test('readStatement() refuses a payload with an equal key, an unknown member or another type', () => {
  const plain = JSON.stringify(STATEMENT);
  for (const text of [
    plain.replace('{', '{"predicateType":"a",'),
    plain.replace('{', '{"more":1,'),
    plain.replace('Statement/v1', 'Statement/v0.1'),
    '[]',
  ]) {
    const payload = Buffer.from(text).toString('base64');
    assert.throws(
      () => readStatement({ ...ENVELOPE, payload }),
      { code: 'signature_invalid' },
      text,
    );
  }
});
