import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { classify } from '../../../../core/broker/gateway/sensitivity/classify.ts';
import { classifyInSlices } from '../../../../core/broker/gateway/sensitivity/classify-in-slices.ts';
import { runs } from '../../../harness/runs.ts';

const kinds = (text: string): string => classify(text).kinds.join();

/** What counts, and what looks like it and does not. */
const CASES: Readonly<Record<string, readonly [yes: readonly string[], no: readonly string[]]>> = {
  ssn: [
    [
      '123-45-6789',
      'a 123 45 6789.',
      '123.45.6789',
      'SSN: 123456789',
      'social security no 123456789',
    ],
    ['123456789', '1123-45-6789', '123-45-67890', '123-456-7890', '12-345-6789', '123/45/6789'],
  ],
  email: [
    ['a@example.org', '<first.last+tag@mail.example.co.uk>', 'x_y@a-b.info', '"a"@b.de, c@d.de'],
    ['a@b', '@example.org', 'a @ b.org', 'user@localhost', 'a@.org', 'a@b.1'],
  ],
  payment_card: [
    [
      ...['4111111111111111', '4111 1111 1111 1111', '4111-1111-1111-1111', 'x4111111111111111y'],
      ...[
        '378282246310005',
        '3782 822463 10005',
        '30569309025904',
        '4222222222222',
        '12/27 5555555555554444',
      ],
      ...['2024 4111 1111 1111 1111 12 345', '6304000000000000000', '4111-1111 1111-1111'],
    ],
    [
      ...[
        '4111111111111112',
        '4111  1111 1111 1111',
        '41111111111111110000',
        '1712345678903',
        '9780306406157',
      ],
      ...['4111.1111.1111.1111', '4111\n1111\n1111\n1111', '411 111 111 111 111 1'],
    ],
  ],
  credential: [
    [
      ...[
        'password: hunter2',
        'db_password=x',
        '"client_secret": "abc"',
        'API-Key = 7',
        'apikey:z',
      ],
      ...[
        'Authorization: Bearer abcdefghijklmnop',
        'AKIAIOSFODNN7EXAMPLE',
        `ghp_${'a'.repeat(36)}`,
      ],
    ],
    [
      'password',
      'the secret of cooking',
      'token:',
      'bearer of news',
      'AKIAIOSFODNN7EXAMPLEX',
      'api keys',
    ],
  ],
  private_key: [
    [
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN RSA PRIVATE KEY-----',
      '-----BEGIN PGP PRIVATE KEY BLOCK-----',
    ],
    ['-----BEGIN PUBLIC KEY-----', 'BEGIN PRIVATE KEY', '-----BEGIN CERTIFICATE-----'],
  ],
};

describe('classify', () => {
  for (const [kind, [yes, no]] of Object.entries(CASES)) {
    it(`finds each form of ${kind}`, () => {
      for (const text of yes) assert.equal(kinds(text), kind, text);
    });
    it(`takes nothing else for ${kind}`, () => {
      for (const text of no) assert.equal(kinds(text), '', text);
    });
  }

  it('labels no kind low, one medium, two high and a private key alone high', () => {
    assert.equal(classify('').label, 'low');
    assert.equal(classify('a@example.org b@example.org').label, 'medium');
    assert.equal(classify('a@example.org, 123-45-6789').label, 'high');
    assert.equal(classify('-----BEGIN EC PRIVATE KEY-----').label, 'high');
  });

  it('sees through text of two bytes a character', () => {
    const wide = Buffer.from('a@example.org', 'utf16le').toString('utf8');
    assert.equal(kinds(wide), 'email');
  });

  it('agrees with a plain Luhn check for digits in one piece', () => {
    const luhn = (digits: string): boolean => {
      const sum = [...digits].reverse().reduce((total, digit, place) => {
        const value = place % 2 === 1 ? Number(digit) * 2 : Number(digit);
        return total + (value > 9 ? value - 9 : value);
      }, 0);
      return sum % 10 === 0;
    };
    const digits = fc.stringMatching(/^[2-6]\d{11,19}$/);
    fc.assert(
      fc.property(digits, (text) => {
        const card = text.length >= 13 && text.length <= 19 && luhn(text);
        assert.equal(kinds(text).includes('payment_card'), card);
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('classifyInSlices', () => {
  it('finds what lies across the edge of two slices', async () => {
    const secret = '123-45-6789';
    for (const back of [0, 1, 5, 10, 11, 2048 + 5, 2048 + 11]) {
      const text = `${'x '.repeat(128 * 512 + 1024).slice(0, 128 * 1024 + 2048 - back)}${secret}${' y'.repeat(200_000)}`;
      assert.deepEqual((await classifyInSlices(text)).kinds, ['ssn'], String(back));
    }
  });

  it('agrees with the whole text when it is short, empty or plain', async () => {
    for (const text of ['', 'a@example.org 123-45-6789', 'x'.repeat(500_000)])
      assert.deepEqual(await classifyInSlices(text), classify(text));
  });
});
