import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PackagePredicate } from '../../../../core/broker/catalog/package/package-statement.ts';
import type {
  Envelope,
  Statement,
} from '../../../../core/broker/catalog/package/plugin-package.ts';
import type { TestResult } from '../../../../core/broker/catalog/package/test-result.ts';
import type {
  RevocationsFile,
  TrustStoreFile,
} from '../../../../core/broker/catalog/package/trust-store-file.ts';
import type { VerificationSummary } from '../../../../core/broker/catalog/package/verdict.ts';
import { sha256 } from '../../../../core/vocabulary/digest.ts';
import type { JsonObject } from '../../../../core/vocabulary/json.ts';
import { makeValidator } from '../../../../core/vocabulary/parse/ajv.ts';
import envelope from '../../../../schemas/dsse-envelope.schema.json' with { type: 'json' };
import predicate from '../../../../schemas/package-predicate.schema.json' with { type: 'json' };
import revocations from '../../../../schemas/revocations.schema.json' with { type: 'json' };
import statement from '../../../../schemas/statement.schema.json' with { type: 'json' };
import testResult from '../../../../schemas/test-result.schema.json' with { type: 'json' };
import trustStore from '../../../../schemas/trust-store.schema.json' with { type: 'json' };
import summary from '../../../../schemas/verification-summary.schema.json' with { type: 'json' };
import { schemaObjects, type Whole } from '../../../vocabulary/parse/schema-objects.ts';

const ID = sha256('x');
const TIME = '2026-01-01T00:00:00.000Z';
const SIG = `${'A'.repeat(86)}==`;

interface Document {
  readonly name: string;
  readonly schema: JsonObject;
  /** Every key that the type knows. */
  readonly whole: object;
  /** Every key that the type demands. */
  readonly least: object;
}

const documentOf = <T extends object>(
  name: string,
  schema: JsonObject,
  whole: Whole<T> & object,
  least: T,
): Document => ({ name, schema, whole, least });

const ENVELOPE: Whole<Envelope> = {
  payloadType: 'application/vnd.in-toto+json',
  payload: 'AAAA',
  signatures: [{ keyid: ID, sig: SIG }],
};
const STATEMENT: Omit<Statement, 'predicate'> & { readonly predicate: JsonObject } = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'x', digest: { sha256: ID } }],
  predicateType: 'https://example.com/v1',
  predicate: {},
};
const PREDICATE = { id: 'x', version: '1.0.0', packageDigest: ID, signedAt: TIME } as const;
const SUMMARY = {
  verifier: { id: 'https://example.com' },
  timeVerified: TIME,
  resourceUri: 'pkg:generic/x',
  verificationResult: 'PASSED',
  verifiedLevels: ['GOOD'],
} as const;
const REVOKED = { version: 1, keys: [ID], packages: [ID] } as const;
const SIGNERS = { threshold: 1, keys: ['a.pem'] } as const;
const STORE = { version: 1, publishers: SIGNERS, vetters: SIGNERS } as const;

const DOCUMENTS: readonly Document[] = [
  documentOf<Envelope>('an envelope', envelope, ENVELOPE, ENVELOPE),
  documentOf<PackagePredicate>(
    'the predicate of a package',
    predicate,
    { ...PREDICATE, expires: TIME },
    PREDICATE,
  ),
  documentOf<VerificationSummary>(
    'a verification summary',
    summary,
    {
      ...SUMMARY,
      policy: { uri: 'https://example.com', digest: { sha256: ID } },
      inputAttestations: [{ uri: 'https://example.com', digest: { sha256: ID } }],
      slsaVersion: '1.0',
      'https://secai.dev/expires': TIME,
    },
    {
      ...SUMMARY,
      policy: { uri: 'https://example.com' },
      inputAttestations: [{ digest: { sha256: ID } }],
    },
  ),
  documentOf<TestResult>(
    'a test result',
    testResult,
    {
      result: 'PASSED',
      configuration: [{ name: 'x', digest: { sha256: ID } }],
      url: 'https://example.com',
      passedTests: ['a'],
      warnedTests: [],
      failedTests: [],
    },
    { result: 'PASSED', configuration: [{ name: 'x' }] },
  ),
  documentOf<RevocationsFile>('a list of revocations', revocations, REVOKED, REVOKED),
  documentOf<TrustStoreFile>('a trust store', trustStore, STORE, STORE),
  { name: 'a statement', schema: statement, whole: STATEMENT, least: STATEMENT },
];

for (const { name, schema, whole, least } of DOCUMENTS) {
  test(`the type of ${name} and its schema know the same keys at every place`, () => {
    const fits = makeValidator({ ...schema, $id: `${name}.test` });
    for (const document of [whole, least]) {
      const checked = fits(document);
      assert.ok(checked.ok, JSON.stringify(checked));
    }
    for (const { at, properties, keys } of schemaObjects(schema, whole)) {
      assert.deepEqual(keys, properties, at);
    }
  });
}
