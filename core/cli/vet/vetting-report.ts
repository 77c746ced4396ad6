import type { Verdict } from '../probe/verdict.ts';

/** What was found of one package. Each part names what it ran, so that nothing counts that did not run. */
export interface VettingReport {
  readonly plugin: { readonly id: string; readonly version: string; readonly digest: string };
  /** ISO 8601, UTC. */
  readonly vetted_at: string;
  /** With the same seed the same inputs and scripts come in the same order. */
  readonly seed: number;
  /** What the plugin asks for and seems not to need: for the vetter to weigh. */
  readonly hints: readonly string[];
  readonly cases: readonly CaseLine[];
  /** The plugin's own code under attack: each entry, among canaries. */
  readonly attacks: readonly AttackLine[];
  /** Attacks of the corpus on the same range, which show that it stands and that its canaries are watched. */
  readonly corpus: readonly AttackLine[];
}

export interface CaseLine {
  readonly name: string;
  readonly entry: string;
  readonly passed: boolean;
  readonly problems: readonly string[];
}

export type AttackLine = Pick<Verdict, 'script' | 'verdict' | 'ended' | 'ms' | 'peakMb'> & {
  readonly canaries: readonly string[];
};

export const attackLine = (verdict: Verdict): AttackLine => ({
  script: verdict.script,
  verdict: verdict.verdict,
  ended: verdict.ended,
  ms: verdict.ms,
  peakMb: verdict.peakMb,
  canaries: verdict.canaries.map(({ canary, what }) => `${canary}: ${what}`),
});

/** Why a package is not vetted; empty where it is. What ran nothing has shown nothing. */
export const objections = (report: VettingReport): readonly string[] => [
  ...(report.cases.length === 0 ? ['no case was run'] : []),
  ...report.cases
    .filter(({ passed }) => !passed)
    .map(({ name, problems }) => `case \`${name}\`: ${problems.join('; ')}`),
  ...(report.attacks.length === 0 ? ['nothing of the plugin was run among canaries'] : []),
  ...(report.corpus.length === 0 ? ['no attack of the corpus was run'] : []),
  ...[...report.attacks, ...report.corpus]
    .filter(({ verdict }) => verdict !== 'contained')
    .map(({ script, verdict, canaries }) => [`\`${script}\` ${verdict}`, ...canaries].join(', ')),
];

/** The names of all that ran, by how it went: what a test result states. */
export const testNames = (
  report: VettingReport,
): { readonly passed: readonly string[]; readonly failed: readonly string[] } => {
  const named = [
    ...report.cases.map(({ name, passed }) => ({ name: `case: ${name}`, passed })),
    ...report.attacks.map(({ script, verdict }) => ({
      name: `canaries: ${script}`,
      passed: verdict === 'contained',
    })),
    ...report.corpus.map(({ script, verdict }) => ({
      name: `corpus: ${script}`,
      passed: verdict === 'contained',
    })),
  ];
  const names = (wanted: boolean): readonly string[] =>
    named.filter(({ passed }) => passed === wanted).map(({ name }) => name);
  return { passed: names(true), failed: names(false) };
};
