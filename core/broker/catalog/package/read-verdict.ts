import { AgentError } from '../../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import { readStatement } from './parse-envelope.ts';
import type { Envelope, KeyId, Statement, TrustStore } from './plugin-package.ts';
import {
  EXPIRES_FIELD,
  notVetted,
  parseSummary,
  VERDICT_PREDICATE,
  type Verdict,
} from './verdict.ts';
import { judgeSignatures } from './verify-statement.ts';

/**
 * The verdict on a package, from all envelopes that lie beside it. Each vetter may have signed its own
 * statement or one in common; one who found the package bad outweighs all who found it good.
 * @throws AgentError `not_vetted`
 */
export const readVerdict = (
  envelopes: readonly Envelope[],
  packageDigest: Sha256Hex,
  trust: TrustStore,
  now: number,
): Verdict => {
  // The envelopes come with the package, from whoever wants it installed: another package's verdict, an old
  // one, a failed one among good ones left out. What trusted vetters did not sign is not read at all.
  const { threshold } = trust.vetters;
  const vettedBy = new Set<KeyId>();
  let timeVerified = 0;
  let expires = Number.POSITIVE_INFINITY;
  let levels: readonly string[] = [];
  const passedOver: string[] = [];

  for (const envelope of envelopes) {
    const judged = judgeSignatures(envelope, trust.vetters, trust.revokedKeys);
    if (judged.signedBy.size === 0 || judged.broken.size > 0) {
      passedOver.push(
        judged.revoked.size > 0 ? 'one by a revoked key' : 'one by no trusted vetter',
      );
      continue;
    }
    const statement = statementOf(envelope);
    if (statement.predicateType !== VERDICT_PREDICATE) continue;
    if (!statement.subject.every(({ digest }) => digest.sha256 === packageDigest)) {
      passedOver.push('one about another package');
      continue;
    }
    const summary = parseSummary(statement);
    if (summary.verificationResult !== 'PASSED') throw notVetted('a vetter found that it failed');
    const end = timeOf(summary[EXPIRES_FIELD]) ?? Number.POSITIVE_INFINITY;
    if (now >= end) {
      passedOver.push('one that has expired');
      continue;
    }
    for (const key of judged.signedBy) vettedBy.add(key);
    const time = timeOf(summary.timeVerified) ?? 0;
    if (time >= timeVerified) {
      timeVerified = time;
      levels = summary.verifiedLevels;
    }
    expires = Math.min(expires, end);
  }
  if (vettedBy.size < threshold) {
    const aside = passedOver.length === 0 ? '' : ` (passed over: ${passedOver.join(', ')})`;
    throw notVetted(`${vettedBy.size} of the ${threshold} vetters that it takes${aside}`);
  }
  return Object.freeze({
    packageDigest,
    vettedBy: [...vettedBy].sort(),
    timeVerified,
    expires: Number.isFinite(expires) ? expires : null,
    verifiedLevels: levels,
  });
};

const statementOf = (envelope: Envelope): Statement => {
  try {
    return readStatement(envelope);
  } catch (thrown) {
    throw notVetted(thrown instanceof AgentError ? thrown.message : 'a verdict cannot be read');
  }
};

const timeOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw notVetted('a verdict has a time that does not exist');
  return time;
};
