import type { KeyObject } from 'node:crypto';
import type { PackedPlugin } from '../../broker/catalog/package/pack-plugin.ts';
import type { Envelope } from '../../broker/catalog/package/plugin-package.ts';
import { signStatement } from '../../broker/catalog/package/sign-statement.ts';
import { stateTestResult } from '../../broker/catalog/package/test-result.ts';
import { stateVerdict } from '../../broker/catalog/package/verdict.ts';
import { sha256 } from '../../vocabulary/digest.ts';
import { objections, testNames, type VettingReport } from './vetting-report.ts';

interface Signing {
  readonly key: KeyObject;
  /** Unix milliseconds. */
  readonly now: number;
  readonly expires: number | null;
}

/** The two statements of a vetting; the verdict names the digest of the test result that it rests on. */
export const signVetting = (
  report: VettingReport,
  { manifest, digest }: PackedPlugin,
  { key, now, expires }: Signing,
): { readonly testResult: Envelope; readonly verdict: Envelope } => {
  const { id, version } = manifest;
  const about = { id, version, packageDigest: digest };
  const { passed, failed } = testNames(report);
  const testResult = signStatement(
    stateTestResult({
      ...about,
      configuration: [
        { name: 'profile vetting' },
        { name: `seed ${report.seed}` },
        {
          name: 'vetting.json',
          digest: { sha256: sha256(`${JSON.stringify(report, null, 2)}\n`) },
        },
      ],
      passedTests: passed,
      warnedTests: report.hints.map((hint) => `hint: ${hint}`),
      failedTests: failed,
    }),
    [key],
  );
  const verdict = signStatement(
    stateVerdict({
      ...about,
      passed: objections(report).length === 0,
      timeVerified: now,
      expires,
      inputAttestations: [sha256(JSON.stringify(testResult))],
    }),
    [key],
  );
  return { testResult, verdict };
};
