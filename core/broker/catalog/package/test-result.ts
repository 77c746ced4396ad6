import schema from '../../../../schemas/test-result.schema.json' with { type: 'json' };
import { AgentError } from '../../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import { makeValidator } from '../../../vocabulary/parse/ajv.ts';
import { packageSubject } from './package-statement.ts';
import type { Statement } from './plugin-package.ts';

/** https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md */
export const TEST_RESULT_PREDICATE = 'https://in-toto.io/attestation/test-result/v0.1' as const;

/** How tests went: what `schemas/test-result.schema.json` admits. */
export interface TestResult {
  readonly result: 'PASSED' | 'WARNED' | 'FAILED';
  /** What was run: a profile, a suite, by name and digest. */
  readonly configuration: readonly {
    readonly name: string;
    readonly digest?: { readonly sha256: string };
  }[];
  readonly url?: string;
  readonly passedTests?: readonly string[];
  readonly warnedTests?: readonly string[];
  readonly failedTests?: readonly string[];
}

interface Tested {
  readonly id: string;
  readonly version: string;
  readonly packageDigest: Sha256Hex;
  readonly configuration: TestResult['configuration'];
  readonly passedTests: readonly string[];
  readonly warnedTests: readonly string[];
  readonly failedTests: readonly string[];
}

/** The statement about a run of tests; the result follows from the lists. */
export const stateTestResult = (tested: Tested): Statement => {
  const { id, version, packageDigest, passedTests, warnedTests, failedTests } = tested;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [packageSubject(id, version, packageDigest)],
    predicateType: TEST_RESULT_PREDICATE,
    predicate: {
      // A run that tested nothing has not passed.
      result:
        failedTests.length > 0 || passedTests.length + warnedTests.length === 0
          ? 'FAILED'
          : warnedTests.length > 0
            ? 'WARNED'
            : 'PASSED',
      configuration: tested.configuration.map(({ name, digest }) => ({
        name,
        ...(digest === undefined ? {} : { digest: { ...digest } }),
      })),
      passedTests,
      warnedTests,
      failedTests,
    },
  };
};

const check = makeValidator<TestResult>(schema);

/**
 * The test result in a statement.
 * @throws AgentError `not_vetted`
 */
export const parseTestResult = ({ predicateType, predicate }: Statement): TestResult => {
  const checked = check(predicate);
  if (predicateType === TEST_RESULT_PREDICATE && checked.ok) return checked.value;
  const problem = checked.ok ? 'the statement is no test result' : checked.problem;
  throw new AgentError({ code: 'not_vetted', message: `test result: ${problem}` });
};
