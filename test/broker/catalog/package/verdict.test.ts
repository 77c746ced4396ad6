import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  Envelope,
  Statement,
  TrustStore,
} from '../../../../core/broker/catalog/package/plugin-package.ts';
import { readVerdict } from '../../../../core/broker/catalog/package/read-verdict.ts';
import { signStatement } from '../../../../core/broker/catalog/package/sign-statement.ts';
import {
  parseTestResult,
  stateTestResult,
} from '../../../../core/broker/catalog/package/test-result.ts';
import { stateVerdict } from '../../../../core/broker/catalog/package/verdict.ts';
import { sha256 } from '../../../../core/vocabulary/digest.ts';
import { makeSigner, NOW, type Signer, trusted, trusting } from './sample-package.ts';

const DIGEST = sha256('the package');
const VETTED = {
  id: 'sample',
  version: '1.0.0',
  packageDigest: DIGEST,
  passed: true,
  timeVerified: NOW - 1000,
  expires: null,
  inputAttestations: [sha256('results')],
} as const;
const [vera, vito, pia] = [makeSigner(), makeSigner(), makeSigner()];
const by = (statement: Statement, ...signers: readonly Signer[]): Envelope =>
  signStatement(
    statement,
    signers.map(({ privateKey }) => privateKey),
  );
const trust = (threshold: number, more: Partial<TrustStore> = {}): TrustStore =>
  trusting([pia], 1, { vetters: trusted([vera, vito], threshold), ...more });
const read = (envelopes: readonly Envelope[], threshold = 1, store = trust(threshold)) =>
  readVerdict(envelopes, DIGEST, store, NOW);
const GOOD = stateVerdict(VETTED);
const RESULTS = stateTestResult({
  ...VETTED,
  configuration: [{ name: 'standard', digest: { sha256: sha256('profile') } }],
  passedTests: ['a', 'b'],
  warnedTests: [],
  failedTests: [],
});

test('a verdict states the fields of the verification summary that it must', () => {
  const { predicateType, subject, predicate } = GOOD;
  assert.equal(predicateType, 'https://slsa.dev/verification_summary/v1');
  assert.deepEqual(subject, [{ name: 'sample@1.0.0', digest: { sha256: DIGEST } }]);
  for (const field of ['verifier', 'timeVerified', 'resourceUri', 'policy', 'verifiedLevels']) {
    assert.ok(Object.hasOwn(predicate, field), field);
  }
  assert.equal(predicate['verificationResult'], 'PASSED');
  const failed = stateVerdict({ ...VETTED, passed: false }).predicate;
  assert.deepEqual(
    [failed['verificationResult'], failed['verifiedLevels']],
    ['FAILED', ['FAILED']],
  );
});

test('readVerdict() takes vetters together, of one statement or of one each, and the first expiry', () => {
  assert.deepEqual(read([by(GOOD, vera, vito)], 2).vettedBy, [vera.id, vito.id].sort());
  const later = stateVerdict({ ...VETTED, timeVerified: NOW - 10, expires: NOW + 5 });
  const verdict = read([by(RESULTS, vera), by(GOOD, vera), by(later, vito)], 2);
  assert.deepEqual(verdict, {
    packageDigest: DIGEST,
    vettedBy: [vera.id, vito.id].sort(),
    timeVerified: NOW - 10,
    expires: NOW + 5,
    verifiedLevels: ['SECAI_PLUGIN_VETTED'],
  });
});

const other = stateVerdict({ ...VETTED, packageDigest: sha256('another') });
const twoSubjects = { ...GOOD, subject: [...GOOD.subject, ...other.subject] };
const withPredicate = (more: Statement['predicate']): Statement => ({
  ...GOOD,
  predicate: { ...GOOD.predicate, ...more },
});
const NO: readonly (readonly [what: string, envelopes: readonly Envelope[], says: RegExp])[] = [
  ['no verdict', [], /0 of the 1/],
  ['a test result alone', [by(RESULTS, vera)], /0 of the 1/],
  ['a verdict that failed', [by(stateVerdict({ ...VETTED, passed: false }), vera)], /failed/],
  [
    'a verdict that failed beside one that passed',
    [by(GOOD, vito), by(stateVerdict({ ...VETTED, passed: false }), vera)],
    /failed/,
  ],
  ['a verdict on another package', [by(other, vera)], /about another package/],
  ['a verdict on this and another package', [by(twoSubjects, vera)], /about another package/],
  ['an expired verdict', [by(stateVerdict({ ...VETTED, expires: NOW }), vera)], /expired/],
  ['a verdict of a publisher', [by(GOOD, pia)], /no trusted vetter/],
  [
    'a verdict of another verifier',
    [by(withPredicate({ verifier: { id: 'https://example.com' } }), vera)],
    /another verifier/,
  ],
  ['a verdict with an unknown field', [by(withPredicate({ note: 1 }), vera)], /unknown key `note`/],
  [
    'a verdict with a day that is none',
    [by(withPredicate({ timeVerified: '2026-13-01T00:00:00Z' }), vera)],
    /does not exist/,
  ],
];

for (const [what, envelopes, says] of NO) {
  test(`readVerdict() refuses ${what}`, () => {
    assert.throws(() => read(envelopes), { code: 'not_vetted', message: says });
  });
}

test('readVerdict() refuses one vetter where it takes two, however often that one signed', () => {
  const again = stateVerdict({ ...VETTED, timeVerified: NOW - 10 });
  assert.throws(() => read([by(GOOD, vera), by(again, vera)], 2), {
    code: 'not_vetted',
    message: /1 of the 2/,
  });
});

test('readVerdict() refuses the verdict of a revoked key', () => {
  const store = trust(1, { revokedKeys: new Set([vera.id]) });
  assert.throws(() => read([by(GOOD, vera)], 1, store), {
    code: 'not_vetted',
    message: /revoked key/,
  });
});

test('readVerdict() passes over a verdict whose bytes were changed', () => {
  const { payload } = by(withPredicate({ slsaVersion: '1.1' }), vera);
  assert.throws(() => read([{ ...by(GOOD, vera), payload }]), { code: 'not_vetted' });
});

test('a test result follows from its lists, and no tests have not passed', () => {
  const result = (passedTests: string[], warnedTests: string[], failedTests: string[]) =>
    parseTestResult(
      stateTestResult({ ...VETTED, configuration: [], passedTests, warnedTests, failedTests }),
    ).result;
  assert.equal(result(['a'], [], []), 'PASSED');
  assert.equal(result(['a'], ['b'], []), 'WARNED');
  assert.equal(result(['a'], ['b'], ['c']), 'FAILED');
  assert.equal(result([], [], []), 'FAILED');
  assert.throws(() => parseTestResult(GOOD), { code: 'not_vetted' });
});
