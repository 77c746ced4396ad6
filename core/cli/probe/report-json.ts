import type { ProfileName } from '../../vocabulary/enums.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { Verdict } from './verdict.ts';

interface RunFacts {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly owned: boolean;
}

/** The whole run as one JSON document. */
export const reportJson = (
  verdicts: readonly Verdict[],
  { profile, seed, owned }: RunFacts,
): JsonObject => {
  const count = (wanted: Verdict['verdict']): number =>
    verdicts.filter(({ verdict }) => verdict === wanted).length;
  return {
    ok: count('contained') === verdicts.length,
    profile,
    seed,
    owned,
    contained: count('contained'),
    escaped: count('ESCAPED'),
    hung: count('hung'),
    refused: count('refused'),
    scripts: verdicts.map(({ peakMb, canaries, passed, calls, ...rest }) => ({
      ...rest,
      canaries: canaries.map((each) => ({ ...each })),
      got_through: passed.map((each) => ({ ...each })),
      calls: calls.map((each) => ({ ...each })),
      peak_mb: peakMb,
    })),
  };
};
