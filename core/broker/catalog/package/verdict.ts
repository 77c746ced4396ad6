import schema from '../../../../schemas/verification-summary.schema.json' with { type: 'json' };
import { AgentError } from '../../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import { makeValidator } from '../../../vocabulary/parse/ajv.ts';
import { packageSubject } from './package-statement.ts';
import type { KeyId, Statement } from './plugin-package.ts';

/** The predicate of a vetting verdict (https://slsa.dev/spec/v1.0/verification_summary). */
export const VERDICT_PREDICATE = 'https://slsa.dev/verification_summary/v1' as const;
/** The one verifier and policy whose verdicts count: what `plugin vet` does. */
export const VERIFIER = 'https://secai.dev/plugin-vet/v1' as const;
export const VETTING_POLICY = 'https://secai.dev/plugin-vetting-policy/v1' as const;
/** The level that a vetted package reaches; `FAILED`, as that text has it, where it does not. */
export const VETTED_LEVEL = 'SECAI_PLUGIN_VETTED' as const;
/** An extension field, named by a URI as that text asks. */
export const EXPIRES_FIELD = 'https://secai.dev/expires' as const;

/** A vetting verdict as its statement carries it: what `schemas/verification-summary.schema.json` admits. */
export interface VerificationSummary {
  readonly verifier: { readonly id: string };
  readonly timeVerified: string;
  readonly resourceUri: string;
  readonly policy: { readonly uri: string; readonly digest?: { readonly sha256: string } };
  readonly inputAttestations?: readonly {
    readonly uri?: string;
    readonly digest: { readonly sha256: string };
  }[];
  readonly verificationResult: 'PASSED' | 'FAILED';
  readonly verifiedLevels: readonly string[];
  readonly slsaVersion?: string;
  readonly [EXPIRES_FIELD]?: string;
}

/** That enough vetters found a package good. */
export interface Verdict {
  readonly packageDigest: Sha256Hex;
  readonly vettedBy: readonly KeyId[];
  /** Unix milliseconds: when the last of them looked. */
  readonly timeVerified: number;
  /** Unix milliseconds: when the first of their verdicts ends; null where none does. */
  readonly expires: number | null;
  readonly verifiedLevels: readonly string[];
}

interface Vetted {
  readonly id: string;
  readonly version: string;
  readonly packageDigest: Sha256Hex;
  readonly passed: boolean;
  /** Unix milliseconds. */
  readonly timeVerified: number;
  readonly expires: number | null;
  /** Digests of the envelopes with the test results that the verdict rests on. */
  readonly inputAttestations: readonly Sha256Hex[];
}

/** The statement that a vetter signs. */
export const stateVerdict = (vetted: Vetted): Statement => {
  const { id, version, packageDigest, passed, timeVerified, expires, inputAttestations } = vetted;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [packageSubject(id, version, packageDigest)],
    predicateType: VERDICT_PREDICATE,
    predicate: {
      verifier: { id: VERIFIER },
      timeVerified: new Date(timeVerified).toISOString(),
      resourceUri: `pkg:generic/${id}@${version}`,
      policy: { uri: VETTING_POLICY },
      inputAttestations: inputAttestations.map((sha256) => ({ digest: { sha256 } })),
      verificationResult: passed ? 'PASSED' : 'FAILED',
      verifiedLevels: [passed ? VETTED_LEVEL : 'FAILED'],
      slsaVersion: '1.0',
      ...(expires === null ? {} : { [EXPIRES_FIELD]: new Date(expires).toISOString() }),
    },
  };
};

const check = makeValidator<VerificationSummary>(schema);

/**
 * The verdict in a verified statement.
 * @throws AgentError `not_vetted` for one that cannot be read, or is of another verifier or policy
 */
export const parseSummary = ({ predicate }: Statement): VerificationSummary => {
  const checked = check(predicate);
  if (!checked.ok)
    throw notVetted(`a verdict, at \`/${checked.path.join('/')}\`: ${checked.problem}`);
  const { verifier, policy } = checked.value;
  if (verifier.id !== VERIFIER || policy.uri !== VETTING_POLICY) {
    throw notVetted('a verdict is of another verifier or by another policy');
  }
  return checked.value;
};

export const notVetted = (problem: string): AgentError =>
  new AgentError({ code: 'not_vetted', message: `the package is not vetted: ${problem}` });
